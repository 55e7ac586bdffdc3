"""The best one-to-one pairing where boxes overlap in tangles: exact, by shortest chains of exchanges."""

from collections.abc import Sequence
from heapq import heappop, heappush
from operator import itemgetter

Edges = Sequence[Sequence[tuple[int, int]]]


def assign(edges: Edges, columns: int) -> list[int]:
    """Pair rows with columns for the largest total weight: the column of each row, or -1.

    `edges[row]` lists at least one (column, weight), weights whole and positive, so that nothing is lost
    to rounding. Rows come in one after the other, each by the cheapest chain of exchanges with rows that
    are in already (successive shortest paths with prices; Kuhn 1955, Edmonds and Karp 1972). A search
    stays inside its own tangle, so that many small ones may be given at once.
    """
    pairing = _Pairing(edges, columns)
    for row in range(len(edges)):
        if not pairing.take_best(row):
            _Chain(pairing, row).exchange()
    return pairing.column


class _Pairing:
    """Pairs so far, and a price for each row and column: row + column >= weight, and = for each pair."""

    def __init__(self, edges: Edges, columns: int) -> None:
        self.edges = [sorted(row, key=itemgetter(1), reverse=True) for row in edges]
        self.row_price = [row[0][1] for row in self.edges]
        self.column_price = [0] * columns
        self.column = [-1] * len(edges)
        self.owner = [-1] * columns

    def take_best(self, row: int) -> bool:
        """Give the row the best column that it could have, if that is free."""
        for column, weight in self.edges[row]:
            if weight < self.row_price[row]:
                break
            if self.owner[column] < 0:
                self.column[row], self.owner[column] = column, row
                return True
        return False


class _Chain:
    """The cheapest way to let one more row in: it ends at a free column, or at a row that gives up its own.

    Dijkstra's search over what each step costs. `limit` is the cost of the best end found so far;
    `given` the column handed over there (-1: the newcomer itself gives up); `quitter` the row that gives
    it up (-1: it was free).
    """

    def __init__(self, pairing: _Pairing, newcomer: int) -> None:
        self.pairing = pairing
        self.cost_of_row = {newcomer: 0}
        self.cost_of_column: dict[int, int] = {}
        self.wanted_by: dict[int, int] = {}
        self.queue: list[tuple[int, int]] = []
        self.given, self.quitter, self.limit = -1, newcomer, pairing.row_price[newcomer]
        self.asking = newcomer

    def exchange(self) -> None:
        """Search, then hand each column along the chain to the row that wants it."""
        self._ask()
        while self._reach_next_row():
            self._ask()
        self._settle()
        owner, column_of = self.pairing.owner, self.pairing.column
        if self.quitter >= 0:
            column_of[self.quitter] = -1
        column = self.given
        while column >= 0:
            row = self.wanted_by[column]
            owner[column] = row
            column, column_of[row] = column_of[row], column

    def _ask(self) -> None:
        """See which columns the row reached last could take instead of its own."""
        row, owner, price = self.asking, self.pairing.owner, self.pairing.column_price
        start = self.cost_of_row[row] + self.pairing.row_price[row]
        for column, weight in self.pairing.edges[row]:
            if start - weight >= self.limit:
                break  # the lighter ones cost more still
            cost = start - weight + price[column]
            if cost < self.limit and cost < self.cost_of_column.get(column, self.limit):
                self.cost_of_column[column], self.wanted_by[column] = cost, row
                if owner[column] < 0:
                    self.given, self.quitter, self.limit = column, -1, cost
                else:
                    heappush(self.queue, (cost, column))

    def _reach_next_row(self) -> bool:
        """Go on to the owner of the cheapest column; False once no chain can beat the best end."""
        while self.queue:
            cost, column = heappop(self.queue)
            if cost >= self.limit:
                return False
            row = self.pairing.owner[column]
            if row in self.cost_of_row:
                continue
            self.asking, self.cost_of_row[row] = row, cost
            if cost + self.pairing.row_price[row] < self.limit:
                self.given, self.quitter, self.limit = column, row, cost + self.pairing.row_price[row]
            return True
        return False

    def _settle(self) -> None:
        """Move the prices so that every pair along the chain stays exact."""
        for row, cost in self.cost_of_row.items():
            self.pairing.row_price[row] -= self.limit - cost
        for column, cost in self.cost_of_column.items():
            if cost < self.limit:
                self.pairing.column_price[column] += self.limit - cost
