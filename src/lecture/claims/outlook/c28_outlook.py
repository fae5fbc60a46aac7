"""C28: what there is more to tell. Nobody decides an announcement; the page has a small example of each subject."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part
from lecture.claims.outlook import adversarial as attacks
from lecture.claims.outlook import architecture as designs
from lecture.claims.outlook import generative as generated
from lecture.claims.outlook import representation as representations
from lecture.claims.outlook import sequences, transfer
from lecture.claims.verdict import Verdict


def collect(
    transferred_layers: pd.DataFrame,
    representation: pd.DataFrame,
    representation_map: pd.DataFrame,
    generative: pd.DataFrame,
    adversarial: pd.DataFrame,
    recall_rnn: pd.DataFrame,
    recall_lstm: pd.DataFrame,
    recall_rnn_longer: pd.DataFrame,
    recall_lstm_longer: pd.DataFrame,
    recall_transformer: pd.DataFrame,
    attention_map: pd.DataFrame,
    sequence_price: pd.DataFrame,
    architecture: pd.DataFrame,
) -> Finding:
    """Return the numbers of the six examples."""
    recall = (recall_lstm, recall_lstm_longer, recall_rnn, recall_rnn_longer, recall_transformer)
    numbers = (
        *transfer.numbers(transferred_layers),
        *representations.numbers(representation, representation_map),
        *generated.numbers(generative),
        *attacks.numbers(adversarial),
        *sequences.numbers(*recall, looks=attention_map, price=sequence_price),
        *designs.numbers(architecture),
    )
    return Finding(Verdict.OPINION, numbers=numbers)


CLAIM = Claim(
    id="C28",
    headline="An announcement: here is one small example of each",
    expected=(Verdict.OPINION,),
    parts=(Part(judge=collect),),
    why="Each subject has something to show even at the size of a laptop. An older or cheaper rival was in the room "
    "more often than the list suggests.",
    figure="outlook/plot_generative",
)
