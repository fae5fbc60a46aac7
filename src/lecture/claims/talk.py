"""What the talk says: thirty claims in their order, each with its parts, paraphrased with the speaker's hedges."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of statement a part is, and so who may decide it."""

    RECORD = "record"
    MECHANISM = "mechanism"
    SCALE = "scale"
    OPINION = "opinion"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True)
class Saying:
    """A part of a claim: what can be true or false by itself.

    Attributes:
        key: ``"a"``, ``"b"`` ...
        kind: Who may decide it: sources a record, our experiment a mechanism, published measurements a matter of scale,
            nobody an opinion or an announcement.
        says: What the talk says there, in a few words.
    """

    key: str
    kind: Kind
    says: str


@dataclass(frozen=True)
class Statement:
    """One claim of the talk.

    Attributes:
        id: ``"C01"`` ...
        time: When the talk makes it, minutes and seconds, ``"3:25"``.
        chapter: The chapter that treats it: the same name in ``book/``, ``gallery/``, ``claims/`` and
            ``experiments/``.
        says: The claim in our words.
        parts: What it consists of.
    """

    id: str
    time: str
    chapter: str
    says: str
    parts: tuple[Saying, ...]


_TALK = """
C01 | 0:49 | history | Before deep learning the work was divided: features, aggregation, a final model. Each stage looked after itself, so results were not especially good. Nor did somebody suddenly knead it all together in 2012: the history is more complicated.
  a | record | The work was divided among three stages, by different hands.
  b | mechanism | Stages that were not made for each other lose something.
  c | scale | The divided pipeline does worse than a network trained end to end.
  d | record | Training end to end is older than 2012.
C02 | 1:18 | history | The perceptron, multilayer networks, even symbolic automatic differentiation came out in the 1950s and 60s.
  a | record | The perceptron dates from then.
  b | record | Multilayer networks date from then.
  c | record | Automatic differentiation dates from then.
C03 | 1:36 | history | For various reasons nobody could train networks of more than four, or three or four, layers; one try and it overfits. The field met a low, the speaker thinks after 1995.
  a | mechanism | Networks of more than three or four layers could not be trained.
  b | mechanism | They failed by overfitting (and, at 3:46, by stalling).
  c | record | The field met a low after 1995.
C04 | 1:51 | history | In 2012 AlexNet, basically the earlier deep learning, beat all popular algorithms; its error was eight points lower.
  a | record | AlexNet was basically the earlier deep learning.
  b | record | Its error was eight points lower.
C05 | 2:11 | history | From two or three layers, say, to eight at a stroke: people were struck by the depth.
  a | record | AlexNet has eight layers.
  b | record | Networks before it had two or three.
C06 | 2:19 | history | The name "deep learning" does not come from there.
  a | record | The name is older than AlexNet.
C07 | 2:24 | history | Two technical reasons why AlexNet worked. The first is dropout: it solved overfitting, though in hindsight it is not the best way to.
  a | scale | Dropout solved AlexNet's overfitting.
  b | mechanism | Dropout is not the best cure of overfitting.
C08 | 2:43 | gradient_vanishing | Gradient descent: look around, find the steepest direction, take a small step, repeat to the bottom. On a paraboloid it is easy to tell which direction is steepest.
  a | mechanism | Looking around finds the steepest direction.
  b | mechanism | Where the ground is nearly flat, the direction is hard to tell.
C09 | 3:25 | gradient_vanishing | When the input of a sigmoid is 8 or 10, its gradient is 0, or close to 0.
  a | mechanism | At 8 or 10 the sigmoid's gradient is 0, or close to 0.
C10 | 3:38 | gradient_vanishing | By the chain rule many small gradients multiplied are basically 0, and training basically stalls: one of the reasons why deep networks could not be trained before.
  a | mechanism | Multiplied over many layers, the gradient is basically 0.
  b | mechanism | Training stalls because of it.
C11 | 3:52 | gradient_vanishing | There are many other explanations of vanishing gradients.
  a | mechanism | Other things than the function's slope make gradients vanish.
C12 | 3:58 | gradient_vanishing | AlexNet replaced the sigmoid by ReLU, whose shape solves the problem. Think for yourself why.
  a | mechanism | The shape of ReLU removes the problem.
  b | record | AlexNet replaced the sigmoid.
  c | mechanism | ReLU learns faster than tanh.
C13 | 4:12 | gradient_vanishing | In many relatively independent works people solved this problem in their own way, and whoever solved it got especially good results.
  a | mechanism | Each of the remedies alone makes a deep network train.
  b | record | The works were relatively independent.
  c | scale | Whoever solved it got especially good results.
C14 | 4:22 | gradient_vanishing | AlexNet reached 8 layers; ResNet's residual blocks reached 100, and then 1000, with especially good results.
  a | record | Residual networks of 100 and 1000 layers did especially well.
  b | mechanism | Plain networks get worse with depth, residual ones do not.
  c | mechanism | A network of a thousand layers trains.
C15 | 4:31 | gradient_vanishing | For sequences the LSTM of 1997 grew out of the RNN and solved it in a similar way; gradients of an RNN also explode.
  a | mechanism | The LSTM remembers where the RNN forgets.
  b | mechanism | Gradients of an RNN explode too, and that was solved.
  c | record | It did so in 1997, in a way similar to the residual block's.
C16 | 4:54 | data | At last there were large hand-labelled sets: Caltech-101's 9,000 images had seemed many, then ImageNet brought two million around 2011 or 2012. With so many images networks do not overfit.
  a | record | Caltech-101 had 9,000 images.
  b | record | ImageNet brought two million around 2011 or 2012.
  c | scale | With so many images networks do not overfit.
C17 | 5:16 | gpu | People learned to train on GPUs, far from obvious when CUDA was at 1.0 and mainly for weather forecasts; half of the AlexNet paper is about how. It was pioneering.
  a | record | CUDA was at 1.0.
  b | record | It was mainly used for weather forecasts.
  c | record | Half of the AlexNet paper is about GPUs.
  d | record | It was pioneering.
  e | mechanism | Training is parallel work, of the kind a GPU is made for.
C18 | 5:46 | when_to_use | Use deep learning when you have much data.
  a | mechanism | With more data a network overtakes the classical methods.
  b | scale | The same is seen at scale.
C19 | 5:52 | when_to_use | An exception: with transfer learning even a few dozen images give a relatively reliable model.
  a | mechanism | A network trained elsewhere makes a good model of a few dozen images.
  b | scale | The same is seen at scale.
C20 | 6:01 | when_to_use | Another exception: you can generate the data, or play against yourself as AlphaGo does.
  a | mechanism | Generated examples stand in for real ones.
  b | mechanism | Playing itself, a network learns to play perfectly.
  c | scale | AlphaGo learnt Go in this way.
C21 | 6:07 | when_to_use | A third: very noisy data without human labels works too; Facebook's model on Instagram did especially well.
  a | mechanism | Many examples with wrong labels are worth fewer with right ones.
  b | scale | Training on hashtags did especially well.
C22 | 6:17 | when_to_use | The data should be regular: a grid of pixels, a sequence of text or sound. Graphs can be done, but need more processing and suit less.
  a | mechanism | Networks live on the order of the data.
  b | mechanism | Graphs need more processing and suit less.
C23 | 6:33 | when_to_use | Do not use it with little or irregular data, when you need much interpretability, very low randomness and high reliability, or when there is little compute or power for inference.
  a | mechanism | Not with little data.
  b | mechanism | Not with irregular data.
  c | mechanism | Not when much interpretability is needed.
  d | mechanism | Not when randomness must be very low and reliability high.
  e | mechanism | Not when inference has little compute or power.
C24 | 6:55 | saturation | People do not love it because it performs best, for some method always does; nor because strong AI is near.
  a | opinion | Being the best method is not why people love it; nor is strong AI.
C25 | 7:19 | saturation | It has not saturated: earlier methods stop improving however much data, compute or model you add; deep learning, so far, keeps improving.
  a | scale | Earlier methods stop improving.
  b | scale | Deep learning keeps improving.
C26 | 7:56 | saturation | Big companies love that: competition in technique and talent becomes competition in money. Three times the servers, a better product.
  a | mechanism | Three times as much buys a better model.
  b | opinion | That is why companies love it.
C27 | 8:14 | saturation | The paradox: the barrier gets lower, since a high-school student can train a model without feature engineering, and higher, since a product needs much money.
  a | mechanism | Lower: a decent model takes little knowledge.
  b | scale | Higher: a product takes much money.
C28 | 8:40 | outlook | There is more to tell: transfer, representation, generative models, adversarial attacks, RNN, LSTM, Transformer, architecture search.
  a | announcement | The long version will tell of these subjects.
C29 | 9:05 | summary | It worked around 2012 because of GPUs, large data sets and trainable depth; it suits large, regular data; and companies love it because no saturation has been seen so far.
  a | mechanism | Each of the three causes was needed.
  b | opinion | These three were the main ones.
C30 | 9:32 | summary | The slides will be released, with references.
  a | announcement | Slides with references will be released.
"""  # noqa: E501  (one statement a line reads best)


def _statements(text: str) -> dict[str, Statement]:
    """Read the table above: a line a claim, and under it, indented, a line a part."""
    found: dict[str, Statement] = {}
    for block in text.strip().split("\nC"):
        head, *rest = block.splitlines()
        id, time, chapter, says = (field.strip() for field in head.split("|"))
        parts = [[field.strip() for field in line.split("|")] for line in rest]
        id = f"C{id.removeprefix('C')}"
        found[id] = Statement(
            id, time, chapter, says, tuple(Saying(key, Kind(kind), said) for key, kind, said in parts)
        )
    return found


STATEMENTS: dict[str, Statement] = _statements(_TALK)
"""All thirty, by id, in the order of the talk."""
