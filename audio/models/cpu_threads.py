"""How many threads a computation may use: one.

Recognition, turn model and speech detector run side by side on a laptop's two cores. Within one
of them a second thread saves little, and OpenBLAS's spin while they wait: listening with tiny.en
then costs 0.28 CPU-seconds a second of speech, against 0.17.
"""

from functools import cache


@cache
def one_a_computation() -> None:
    """Keep numpy's BLAS to one thread from now on, in this process."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
