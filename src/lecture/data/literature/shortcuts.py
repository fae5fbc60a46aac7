"""What was published about shortcuts: through layers (residual networks) and through time (LSTM)."""

CIFAR_110, CIFAR_1202 = 6.43, 7.93
"""Test error in per cent on CIFAR-10 of so many layers; of 110 the best of five runs (He et al. 2016a, table 6)."""
TRAINING_1202 = 0.1
"""Ibid., section 4.2: its training error, in per cent, is below."""
CIFAR_1001 = 4.62
"""The same for 1001 layers, with functions before the weights (He et al. 2016b, abstract)."""
IMAGENET_PLAIN = {18: 27.94, 34: 28.54}
"""Top-1 error in per cent on ImageNet's validation images, by layers, without shortcuts (He et al. 2016a, table 2)."""
IMAGENET_RESIDUAL = {18: 27.88, 34: 25.03}
"""Ibid., with shortcuts."""
LAG = 1000
"""Steps; the LSTM bridged more (Hochreiter and Schmidhuber 1997, abstract)."""
