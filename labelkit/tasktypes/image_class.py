"""A label for a whole picture."""

from labelkit.domain.texts import N_
from labelkit.tasktypes.classes import Classification


class ImageClass(Classification):
    key = "image_class"
    title = N_("Picture classification")
    needs_picture = True
