"""C28: RNN, LSTM and Transformer on one memory test."""

from lecture.claims.part import Part

PART = Part(key="sequences", says="RNN, LSTM, Transformer")
