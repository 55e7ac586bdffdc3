"""Anything that JSON can hold, and things that are nearly answers, for the readers of answers to refuse."""

from hypothesis import strategies as st

# Lone surrogates too: JSON can hold them, and UTF-8 cannot.
words = st.text(st.characters(exclude_categories=()), max_size=5) | st.sampled_from(["car", "occluded", ""])
numbers = st.integers() | st.floats() | st.sampled_from([10**400, -(10**400), 1e308, 5e-324, -0.0])
leaves = st.none() | st.booleans() | numbers | words

json_values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def nearly(**fields: st.SearchStrategy) -> st.SearchStrategy:
    """Objects with some of these fields, each well made or anything at all."""
    return st.fixed_dictionaries({}, optional={key: field | json_values for key, field in fields.items()})


regions = nearly(
    label=st.just("car"),
    box=st.lists(st.floats(-50, 400), min_size=4, max_size=4),
    flags=st.lists(st.just("occluded"), max_size=2),
    ignore=st.booleans(),
    optional=st.booleans(),
)
answers = json_values | nearly(
    regions=st.lists(regions | json_values, max_size=4),
    labels=st.lists(words, max_size=3),
    nothing=st.booleans(),
    unusable=st.booleans(),
)
