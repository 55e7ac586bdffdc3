"""One split for each source picture, in all packs that are cut from it."""

import random
from collections import Counter

from build_files import Scene

SPLITS = {"practice": 0.5, "inspect": 0.2, "exam": 0.3}
SWAPS = 4000


def share_out(packs: dict[str, list[Scene]]) -> None:
    """Give each source picture one split in all packs, so that each split shows its share of everything."""
    traits: dict[str, Counter[str]] = {}
    for pack, scenes in packs.items():
        for scene in scenes:
            traits.setdefault(scene.item["source"], Counter()).update(scene.traits(pack))
    uneven = set(packs) if len(packs) > 1 else set()  # alone, a pack has one picture of each source
    splits = balanced(traits, uneven)
    for scenes in packs.values():
        for scene in scenes:
            scene.item["split"] = splits[scene.item["source"]]


def follow(leading: list[Scene], scenes: list[Scene]) -> None:
    """Give each scene the split that its source picture already has."""
    splits = {scene.item["source"]: scene.item["split"] for scene in leading}
    for scene in scenes:
        scene.item["split"] = splits[scene.item["source"]]


def balanced(traits: dict[str, Counter[str]], uneven: set[str]) -> dict[str, str]:
    """A split for each source: shuffled by a seed, then mended by every swap that does not unbalance it."""
    chance = random.Random(20261123)
    sources = sorted(traits)
    words = [word for word, share in SPLITS.items() for _ in range(round(share * len(sources)))]
    chance.shuffle(words)
    splits = dict(zip(sources, words, strict=True))
    cost = imbalance(splits, traits, uneven)
    for _ in range(SWAPS):
        one, other = chance.sample(sources, 2)
        swapped = splits | {one: splits[other], other: splits[one]}
        if splits[one] != splits[other] and (found := imbalance(swapped, traits, uneven)) <= cost:
            splits, cost = swapped, found
    return splits


def imbalance(splits: dict[str, str], traits: dict[str, Counter[str]], uneven: set[str]) -> float:
    """Squared distance of each trait in each split from its share; one that a split lacks weighs most.

    How many pictures of an uneven pack a split has is a trait, too, and weighs ten times.
    """
    found: dict[str, Counter[str]] = {split: Counter() for split in SPLITS}
    total: Counter[str] = Counter()
    for source, split in splits.items():
        found[split].update(traits[source])
        total.update(traits[source])
    cost = 0.0
    for split, share in SPLITS.items():
        for trait, count in total.items():
            weight = 10 if trait in uneven else 1
            cost += weight * (found[split][trait] - share * count) ** 2 / (share * count)
            cost += 5 if count >= len(SPLITS) and not found[split][trait] else 0
    return cost
