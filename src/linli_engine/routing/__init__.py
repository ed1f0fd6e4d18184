"""Who walks which doors in which order."""

from linli_engine.routing.items import Door as Door
from linli_engine.routing.items import Route as Route
from linli_engine.routing.order import order_doors as order_doors
from linli_engine.routing.split import split_doors as split_doors
from linli_engine.routing.tour import shortest_walk as shortest_walk

__all__ = ["Door", "Route", "order_doors", "shortest_walk", "split_doors"]
