"""How long people wait: simulation, formulas, and the forecast of a timetable."""

from linli_engine.queueing.forecast import Forecast as Forecast
from linli_engine.queueing.forecast import Interval as Interval
from linli_engine.queueing.forecast import WaitAssumptions as WaitAssumptions
from linli_engine.queueing.forecast import predict_waits as predict_waits
from linli_engine.queueing.formulas import erlang_c as erlang_c
from linli_engine.queueing.formulas import mean_wait_allen_cunneen as mean_wait_allen_cunneen
from linli_engine.queueing.formulas import mean_wait_mmc as mean_wait_mmc
from linli_engine.queueing.punctuality import Punctuality as Punctuality
from linli_engine.queueing.service import ServiceTime as ServiceTime
from linli_engine.queueing.simulation import QueueResult as QueueResult
from linli_engine.queueing.simulation import simulate_queue as simulate_queue

__all__ = [
    "Forecast",
    "Interval",
    "Punctuality",
    "QueueResult",
    "ServiceTime",
    "WaitAssumptions",
    "erlang_c",
    "mean_wait_allen_cunneen",
    "mean_wait_mmc",
    "predict_waits",
    "simulate_queue",
]
