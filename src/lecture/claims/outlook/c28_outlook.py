"""C28: what there is more to tell, one small example for each."""

from lecture.claims.claim import Verdict
from lecture.claims.outlook import adversarial, architecture, generative, representation, sequences, transfer
from lecture.claims.part import claim_of_parts

CLAIM = claim_of_parts(
    "C28",
    (transfer.PART, representation.PART, generative.PART, adversarial.PART, sequences.PART, architecture.PART),
    expected=Verdict.CAVEAT,
    why=(
        "Each subject has something to show even at the size of a laptop. But an old rival was in the room more often "
        "than the list suggests: labels where representations were learned without, mixtures of Gaussians, an LSTM "
        "with the right start, chance in the search for architectures."
    ),
    figure="outlook/plot_generative",
)
