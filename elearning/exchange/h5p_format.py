"""The names that the H5P packages of a branching scenario share, in both directions."""

from collections.abc import Mapping
from typing import Final

from elearning.scenario.model import Medium

MANIFEST: Final = "h5p.json"
CONTENT: Final = "content/content.json"
SCENARIO: Final = "H5P.BranchingScenario"
QUESTION: Final = "H5P.BranchingQuestion"
TEXT: Final = "H5P.AdvancedText"
ICONS: Final = "FontAwesome"
VERSIONS: Final = {SCENARIO: (1, 8), QUESTION: (1, 0), TEXT: (1, 1), ICONS: (4, 5)}
DEFAULT_END: Final = -1
# What a button says, and what an empty end screen is, in the languages of this program.
PROCEED: Final = {"nl": "Verder", "en": "Continue"}
END: Final = {"nl": "Einde", "en": "The end"}
# How a moment that is not face to face is told to a reader; "medium: chat" in the comments of the
# author, which are never shown, tells it to this program.
MEDIUM_NOTE: Final = "medium: "
MEDIA: Final[Mapping[str, Mapping[Medium, str]]] = {
    "nl": {
        Medium.EMAIL: "E-mail",
        Medium.CHAT: "In een chat",
        Medium.GROUP_CHAT: "In een groepschat, anderen lezen mee",
        Medium.CLASSROOM: "In de les, anderen luisteren mee",
        Medium.PHONE: "Aan de telefoon",
        Medium.VIDEO: "In een videogesprek",
    },
    "en": {
        Medium.EMAIL: "Email",
        Medium.CHAT: "In a chat",
        Medium.GROUP_CHAT: "In a group chat, others read along",
        Medium.CLASSROOM: "In class, others are listening",
        Medium.PHONE: "On the phone",
        Medium.VIDEO: "In a video call",
    },
}
BUTTONS: Final[Mapping[str, Mapping[str, str]]] = {
    "nl": {
        "startScreenButtonText": "Beginnen",
        "endScreenButtonText": "Opnieuw",
        "backButtonText": "Terug",
        "proceedButtonText": "Verder",
        "disableProceedButtonText": "Bekijk eerst dit onderdeel",
        "replayButtonText": "Speel de video nog eens af",
        "scoreText": "Je score:",
        "fullscreenAria": "Volledig scherm",
    },
    "en": {
        "startScreenButtonText": "Begin",
        "endScreenButtonText": "Start again",
        "backButtonText": "Back",
        "proceedButtonText": "Continue",
        "disableProceedButtonText": "Finish this part first",
        "replayButtonText": "Play the video again",
        "scoreText": "Your score:",
        "fullscreenAria": "Full screen",
    },
}
