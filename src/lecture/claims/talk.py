"""What the talk says: thirty statements in their order, paraphrased, each with its time and its chapter."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """One statement of the talk.

    Attributes:
        id: ``"C01"`` to ``"C30"``.
        time: When the talk makes it, minutes and seconds, ``"3:25"``.
        chapter: The chapter that treats it: the same name in ``book/``, ``gallery/``, ``claims/`` and
            ``experiments/``.
        says: The statement in our words.
    """

    id: str
    time: str
    chapter: str
    says: str


_TALK = """
C01 | 0:49 | history | Before deep learning, recognition was a pipeline: features, pooling, a final model. Each stage was tuned on its own, so the whole was worse than it could have been.
C02 | 1:18 | history | Perceptrons, multilayer networks, even automatic differentiation all date from the 1950s and 60s.
C03 | 1:36 | history | For decades nobody could train more than three or four layers: every attempt overfitted.
C04 | 2:00 | history | In 2012 AlexNet, essentially the old method, beat every popular method on ImageNet by about eight points of error.
C05 | 2:11 | history | Networks went from two or three layers to eight at a stroke, and people were struck by the depth.
C06 | 2:19 | history | The name "deep learning" does not come from there.
C07 | 2:26 | history | Dropout cured overfitting, though in hindsight it is not the best cure.
C08 | 2:43 | gradient_vanishing | To minimise a function, look around, find the steepest way down, take a small step, and repeat. On a bowl that is easy.
C09 | 3:25 | gradient_vanishing | The sigmoid is flat: when its input is 8 or 10, its gradient is 0.
C10 | 3:38 | gradient_vanishing | By the chain rule, small gradients multiplied over many layers come to nothing, and training stalls.
C11 | 3:52 | gradient_vanishing | There are other explanations of vanishing gradients.
C12 | 4:00 | gradient_vanishing | AlexNet replaced the sigmoid by ReLU, whose shape solves the problem. Think for yourself why.
C13 | 4:13 | gradient_vanishing | Independent lines of work each solved this problem in their own way, and whoever solved it did very well.
C14 | 4:25 | gradient_vanishing | AlexNet reached 8 layers; ResNet's residual blocks reached 100, and then 1000.
C15 | 4:35 | gradient_vanishing | For sequences, the LSTM of 1997 solved it in a similar way for recurrent networks, whose gradients also explode.
C16 | 4:55 | data | At last there were large hand-labelled sets: 9,000 images had seemed many, then ImageNet brought two million. With that many, networks do not overfit.
C17 | 5:19 | gpu | People learned to train on GPUs, far from obvious when CUDA was at 1.0; half of the AlexNet paper is about how.
C18 | 5:46 | when_to_use | Use deep learning when you have much data.
C19 | 5:52 | when_to_use | An exception: transfer learning makes a decent model from a few dozen images.
C20 | 6:01 | when_to_use | Another exception: you can generate the data, or play against yourself as AlphaGo does.
C21 | 6:07 | when_to_use | A third: very noisy data without human labels works too.
C22 | 6:18 | when_to_use | The data should be regular: a grid of pixels, a sequence of text or sound. Graphs can be done, but need more work.
C23 | 6:33 | when_to_use | Do not use it with little or irregular data, when you need interpretability or very high reliability, or when inference must be cheap.
C24 | 6:55 | saturation | People do not love it because it performs best, for some method always does; nor because strong AI is near.
C25 | 7:19 | saturation | It has not saturated: earlier methods stop improving however much data, compute or model you add; deep learning keeps improving.
C26 | 7:56 | saturation | Big companies love that: competition in talent becomes competition in money. Three times the servers, a better product.
C27 | 8:14 | saturation | The paradox: the barrier gets lower, since a high-school student can train a model, and higher, since a product needs much money.
C28 | 8:40 | outlook | There is more to tell: transfer, representations, generative models, adversarial attacks, LSTM, Transformer, architecture search.
C29 | 9:05 | summary | It worked around 2012 because of GPUs, large data sets and trainable depth; it suits large, regular data; and it is loved because no saturation is in sight.
C30 | 9:34 | summary | The slides will be released, with references.
"""  # noqa: E501  (one statement a line reads best)

STATEMENTS: dict[str, Statement] = {
    statement.id: statement
    for statement in (Statement(*(part.strip() for part in line.split("|"))) for line in _TALK.strip().splitlines())
}
"""All thirty, by id, in the order of the talk."""
