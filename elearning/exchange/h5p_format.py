"""The names that the H5P packages of a branching scenario share, in both directions."""

from collections.abc import Mapping
from typing import Final

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
