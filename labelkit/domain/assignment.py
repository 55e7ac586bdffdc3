"""The best one-to-one pairing inside one tangle of overlapping boxes, exactly."""

from collections.abc import Sequence
from heapq import heappop, heappush

Edges = Sequence[Sequence[tuple[int, int]]]


def assign(edges: Edges, columns: int) -> list[int]:
    """Pair rows with columns for the largest total weight: the column of each row, or -1.

    `edges[row]` lists (column, weight) with positive whole weights; whole numbers, so that nothing is
    lost to rounding. Rows come in one after the other, each by the cheapest exchange along a chain of
    rows (successive shortest paths with potentials; Kuhn 1955, Edmonds and Karp 1972).
    """
    tangle = _Tangle(edges, columns)
    for row in range(len(edges)):
        tangle.bring_in(row)
    return tangle.column


class _Tangle:
    """Pairs so far, and a price for each row and column: row + column >= weight, and = for each pair."""

    def __init__(self, edges: Edges, columns: int) -> None:
        self.edges = edges
        self.row_price = [max(weight for _, weight in row) for row in edges]
        self.column_price = [0] * columns
        self.column = [-1] * len(edges)
        self.owner = [-1] * columns

    def bring_in(self, newcomer: int) -> None:
        """Let one more row take part: find the cheapest chain that ends at a free column or in giving up."""
        self.reached = {newcomer: 0}  # row -> cost of the chain that sets it free
        self.cost: dict[int, int] = {}  # column -> cost of the chain that gives it away
        self.wanted_by: dict[int, int] = {}
        self.queue: list[tuple[int, int]] = []
        quitter, limit = newcomer, self.row_price[newcomer]
        self._ask(newcomer, limit)
        while self.queue and self.queue[0][0] < limit:
            cost, column = heappop(self.queue)
            row = self.owner[column]
            if row < 0:
                self._settle(cost)
                self._hand_over(column)
                return
            if row in self.reached:
                continue
            self.reached[row] = cost
            if cost + self.row_price[row] < limit:
                quitter, limit = row, cost + self.row_price[row]
            self._ask(row, limit)
        self._settle(limit)
        left, self.column[quitter] = self.column[quitter], -1
        if quitter != newcomer:
            self._hand_over(left)

    def _ask(self, row: int, limit: int) -> None:
        start = self.reached[row] + self.row_price[row]
        for column, weight in self.edges[row]:
            cost = start + self.column_price[column] - weight
            if cost < limit and cost < self.cost.get(column, limit):
                self.cost[column] = cost
                self.wanted_by[column] = row
                heappush(self.queue, (cost, column))

    def _settle(self, limit: int) -> None:
        for row, cost in self.reached.items():
            self.row_price[row] -= limit - cost
        for column, cost in self.cost.items():
            if cost < limit:
                self.column_price[column] += limit - cost

    def _hand_over(self, column: int) -> None:
        """Give `column` to the row that wants it, that row's old column to the next, and so on."""
        while column >= 0:
            row = self.wanted_by[column]
            self.owner[column] = row
            column, self.column[row] = self.column[row], column
