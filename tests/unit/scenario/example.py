"""A small scenario as an author writes it, in Dutch and English, without a problem in it."""

from typing import Final

DUTCH: Final = """---
schema: 1
id: s00-spreekuur
lang: nl
kind: conversation
title: "Na het college"
audience: [lecturer]
minutes: 10
content_note: "Iemand vertelt iets naars. Er staan geen details in."
setting: "Je bent docent. Noor blijft na het college hangen."
goal: "Je oefent hoe je ruimte geeft."
speakers: {noor: "Noor", collega: "Een collega"}
persona: noor
start: binnenkomst
competencies:
  C2: {range: [0, 3], cut: 2}
flags: [gebeld]
critical:
  CE1: {recover_within: 2}
pass: "all_cuts and open_B == 0 and gebeld"
prove:
  - {id: P1, always: "passed implies gebeld"}
  - {id: S3, guess_pass_at_most: 0.02}
---
## binnenkomst
*Noor blijft na het college hangen.*

"Ik weet niet of ik dit moet vertellen."

~~~choices
- id: ruimte
  say: "Neem je tijd. Jij bepaalt wat je vertelt."
  to: einde_goed
  effect: {C2: 2}
  set: [gebeld]
  felt: "Ik hoefde niet alles te zeggen."
  why: "Je geeft de regie terug."
- id: waarom
  say: "Waarom ging je dan met hem mee naar huis?"
  to: schrikt
  raise: [CE1]
  felt: "Alsof het mijn schuld was."
  why: "Je wilt het begrijpen. Zo klinkt het als een verhoor."
~~~

## schrikt
~~~node
learn: m4/herstel
~~~
*Ze trekt haar mouwen over haar handen.*

"Laat maar."

~~~choices
- id: herstel
  say: "Dat had ik niet moeten vragen. Bel {{resource.csg.name}} als je wilt."
  to: einde_goed
  effect: {C2: 1}
  set: [gebeld]
  repair: [CE1]
  felt: "Gelukkig. Ik hoef me niet te verdedigen."
  why: "Je neemt de vraag terug."
~~~

## einde_goed
~~~node
ending: good
~~~
Een week later zegt Noor dat ze heeft gebeld.
"""

ENGLISH: Final = """---
schema: 1
id: s00-spreekuur
lang: en
title: "After class"
content_note: "Someone tells you something bad. There are no details."
setting: "You are a lecturer. Noor stays behind after class."
goal: "You practise giving space."
speakers: {noor: "Noor", collega: "A colleague"}
---
## binnenkomst
*Noor stays behind after class.*

"I don't know if I should tell you this."

~~~choices
- id: ruimte
  say: "Take your time. You decide what you tell."
  felt: "I did not have to say everything."
  why: "You hand the decision back."
- id: waarom
  say: "Why did you go home with him, then?"
  felt: "As if it was my fault."
  why: "You want to understand. It sounds like an interrogation."
~~~

## schrikt
*She pulls her sleeves over her hands.*

"Never mind."

~~~choices
- id: herstel
  say: "I should not have asked that. Call {{resource.csg.name}} if you like."
  felt: "What a relief. I need not defend myself."
  why: "You take the question back."
~~~

## einde_goed
A week later Noor says that she has called.
"""

FOLDER: Final = "scenarios/s00-spreekuur"
SOURCE_FILE: Final = f"{FOLDER}/scenario.md"
ENGLISH_FILE: Final = f"{FOLDER}/scenario.en.md"
