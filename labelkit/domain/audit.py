"""What the audit trail knows of: a closed list."""

from enum import StrEnum


class What(StrEnum):
    """A kind of deed that is written down."""

    VERDICT = "verdict"
    GOLD_APPROVED = "gold_approved"
    GOLD_WITHDRAWN = "gold_withdrawn"
    GUIDE_PUBLISHED = "guide_published"
    RULES_CHANGED = "rules_changed"
    LEADERBOARD_SWITCHED = "leaderboard_switched"
    PROJECT_IMPORTED = "project_imported"
    PROJECT_ARCHIVED = "project_archived"
    PROJECT_RESTORED = "project_restored"
    ROLE_CHANGED = "role_changed"
    PASSWORD_RESET = "password_reset"
    DEACTIVATED = "deactivated"
    ERASED = "erased"
    RECORD_ISSUED = "record_issued"
    RECORD_TAKEN_BACK = "record_taken_back"
    REVIEW_RULES_CHANGED = "review_rules_changed"
    DISPUTE_RAISED = "dispute_raised"
    DISPUTE_DECIDED = "dispute_decided"
    SECOND_LOOK = "second_look"
