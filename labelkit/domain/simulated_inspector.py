"""Simulated inspectors (모의): they judge shown results in known ways, for tests of inspectors' figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from labelkit.domain.inspection import Decision, Fault, Place, rights
from labelkit.domain.projects import Guide
from labelkit.domain.scores import ErrorKind


@dataclass(frozen=True, slots=True)
class SimulatedInspector:
    """Sees every error but those of the kinds he is `blind` to; one who `rejects_everything` sends right
    results back as well."""

    blind: frozenset[ErrorKind] = field(default_factory=frozenset)
    rejects_everything: bool = False

    def decide(self, faults: Sequence[Fault], guide: Guide) -> Decision:
        """The verdict on a result with these plants, with the place and the reason of the first one seen."""
        seen = [fault for fault in faults if fault.kind not in self.blind]
        if seen:
            holds = rights(guide, seen[0].kind) or [guide.reasons[0].key]
            return Decision(False, _place(seen[0]), holds[0])
        if self.rejects_everything:
            return Decision(False, (0.0, 0.0), guide.reasons[0].key)
        return Decision(True)


def _place(fault: Fault) -> Place:
    if fault.box is None:
        return fault.regions[0] if fault.regions else (0.0, 0.0)
    x, y, w, h = fault.box
    return x + w / 2, y + h / 2
