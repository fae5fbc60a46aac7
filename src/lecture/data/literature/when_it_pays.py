"""What was published on when deep learning pays: with how many examples, on what kind of data, at what price."""

WORDS_TO_OVERTAKE, WORDS_TO_OVERTAKE_TUNED = 100_000_000, 100_000
"""Words of training text from which a neural translator was ahead of a phrase-based one.

The first is how Sennrich and Zhang 2019 (section 2.1) read the curves of Koehn and Knowles 2017; the second (section 1)
is what they reached with settings made for few words.
"""

DIGITS = {1000: (3.21, 2.3), 5000: (1.52, 1.03)}
"""Per cent of MNIST's 10,000 test digits named wrongly after so many training digits, without distorted copies: by a
convolutional network (of Ranzato et al. 2007), and by an affine model of each class on features from fixed wavelets
(Bruna and Mallat 2013, table 4)."""

CALTECH_IMAGES, CALTECH_ACCURACY = 30, 86.91
"""Images a class of Caltech-101, and per cent of new ones right, with features of a network that had learned ImageNet
(Donahue et al. 2014, section 4.1)."""

ALPHAGO_WON, ALPHAGO_LOST = 100, 0
"""Games of AlphaGo Zero against the AlphaGo that had beaten a champion (Silver et al. 2017, abstract)."""
GO_ADVERSARY_WINS = 97.0
"""Per cent of games, at the least, that an adversary trained for it won against KataGo at a strength above any human's
(Wang et al. 2023, abstract)."""

HASHTAG_ACCURACY, HASHTAG_IMAGES, HASHTAGS = 85.4, 940_000_000, 1500
"""Top-1 accuracy on ImageNet, per cent, of the best network of Mahajan et al. 2018, and the photographs and hashtags
that it had learned from before it was trained on with ImageNet's own labels."""
RANDOM_LABELS, RANDOM_ACCURACY = 100, 90
"""Examples with a random label for each clean one of MNIST, and per cent of digits still right at the least (Rolnick et
al. 2017, abstract)."""

MNIST1D = {"logistic": (32, 32), "MLP": (68, 68), "CNN": (94, 56), "GRU": (91, 57)}
"""Accuracy on MNIST-1D in per cent, points in order and shuffled, one run each (Greydanus and Kobak 2024, README)."""

CORA_GRAPH_NETWORK, CORA_PROPAGATION = 81.5, 68.0
"""Per cent of Cora's papers classified rightly by a graph network that reads links and words, and by label propagation,
which uses links alone (Kipf and Welling 2017, table 2)."""
CORA_AVERAGED, CORA_RERUN = 81.0, 81.4
"""The same by logistic regression on words averaged over the links twice, and by a graph network trained anew beside it
(Wu et al. 2019, table 2)."""

TABLES, ROWS = 45, 10_000
"""Tables on which trees stayed ahead, and rows of each to learn from, at most (Grinsztajn et al. 2022, section 3)."""
PRETRAINED_ROWS = 10_000
"""Rows up to which a network trained beforehand on made-up tables led (Hollmann et al. 2025, abstract)."""

DISTILLED_SMALL, DISTILLED_TAUGHT = 146, 74
"""Errors among MNIST's 10,000 test digits of a small network alone, and taught by a large one (Hinton et al. 2015,
section 3)."""
