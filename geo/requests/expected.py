"""What files must hold where several requests have the same choice."""

from geo.messages import N_, Message

TYPES = Message(N_("a list of kinds of help, such as {example}"), {"example": '["parenting_shop"]'})
AGES = Message(N_("a list of age groups, such as {example}"), {"example": '["0-2", "3-5"]'})
AREA = Message(N_("the code of an area, such as {example}"), {"example": '"30000"'})
YES_OR_NO = Message(N_("yes or no: {example}"), {"example": "true / false"})
