"""The step that makes of typeset pages what a target promises: a press PDF or an email PDF."""

from directory_pub.finish.document import DocumentFacts, Finished
from directory_pub.finish.email import finish_email
from directory_pub.finish.label import label_email, label_press
from directory_pub.finish.press import finish_press
from directory_pub.finish.weigh import Weights, weigh

__all__ = [
    "DocumentFacts",
    "Finished",
    "Weights",
    "finish_email",
    "finish_press",
    "label_email",
    "label_press",
    "weigh",
]
