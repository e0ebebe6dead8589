"""The names by which scenarios, nodes, choices, competencies, errors and flags are known."""

from typing import NewType

ScenarioId = NewType("ScenarioId", str)
NodeId = NewType("NodeId", str)
ChoiceId = NewType("ChoiceId", str)
CompetencyId = NewType("CompetencyId", str)
ErrorId = NewType("ErrorId", str)
FlagId = NewType("FlagId", str)
SpeakerId = NewType("SpeakerId", str)
