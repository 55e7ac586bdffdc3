"""A label for a text."""

from labelkit.domain.texts import N_
from labelkit.tasktypes.classes import Classification


class TextClass(Classification):
    key = "text_class"
    title = N_("Text classification")
    needs_picture = False
