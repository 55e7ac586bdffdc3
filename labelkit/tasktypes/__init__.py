"""The one list of task types. Adding one is a file of its key and one line here."""

from typing import Any

from labelkit.tasktypes.base import TaskType
from labelkit.tasktypes.bbox import BBox
from labelkit.tasktypes.choice import Choice
from labelkit.tasktypes.image_class import ImageClass
from labelkit.tasktypes.text_class import TextClass

TASK_TYPES: dict[str, TaskType[Any, Any]] = {
    kind.key: kind for kind in (BBox(), ImageClass(), TextClass(), Choice())
}
