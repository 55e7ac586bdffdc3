"""labelkit: practise data labeling and see exact, explained scores."""

__version__ = "0.1.0"
