"""The tables. Rules live in `domain`; here is only what the data must keep to."""

from labelkit.store.models.audit import Audit
from labelkit.store.models.base import Base
from labelkit.store.models.disputes import Dispute
from labelkit.store.models.golds import GoldProposal, Notice
from labelkit.store.models.guides import GuideRead, GuideVersion
from labelkit.store.models.inspection import Exercise
from labelkit.store.models.leases import Lease
from labelkit.store.models.people import LoginFailure, User
from labelkit.store.models.projects import Gold, GoldView, Item, Picture, Project
from labelkit.store.models.reviews import Correction, SecondLook
from labelkit.store.models.tallies import DayTally, ItemTally, Job, ProjectTally, Record, Tally
from labelkit.store.models.work import Assignment, Review, Run, Score, Submission

__all__ = [
    "Assignment",
    "Audit",
    "Base",
    "Correction",
    "DayTally",
    "Dispute",
    "Exercise",
    "Gold",
    "GoldProposal",
    "GoldView",
    "GuideRead",
    "GuideVersion",
    "Item",
    "ItemTally",
    "Job",
    "Lease",
    "LoginFailure",
    "Notice",
    "Picture",
    "Project",
    "ProjectTally",
    "Record",
    "Review",
    "Run",
    "Score",
    "SecondLook",
    "Submission",
    "Tally",
    "User",
]
