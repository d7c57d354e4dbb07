"""The step that makes of typeset pages what a target promises: a press PDF or an email PDF."""

from directory_pub.finish.content_streams import PLACEHOLDER_POINT
from directory_pub.finish.document import DocumentFacts, Finished
from directory_pub.finish.email import finish_email
from directory_pub.finish.guests import GUEST_NAME, GuestShelf
from directory_pub.finish.label import EMAIL_LABEL, PRESS_LABEL, labelling
from directory_pub.finish.press import finish_press
from directory_pub.finish.tagging.links import describe_link
from directory_pub.finish.tagging.roles import headings_by_key
from directory_pub.finish.typeset_pages import TypesetSource

__all__ = [
    "EMAIL_LABEL",
    "GUEST_NAME",
    "PLACEHOLDER_POINT",
    "PRESS_LABEL",
    "DocumentFacts",
    "Finished",
    "GuestShelf",
    "TypesetSource",
    "describe_link",
    "finish_email",
    "finish_press",
    "headings_by_key",
    "labelling",
]
