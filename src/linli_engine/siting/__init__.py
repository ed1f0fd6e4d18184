"""Which building goes to which sampling site."""

from linli_engine.siting.assignment import assign_buildings as assign_buildings
from linli_engine.siting.items import Assignment as Assignment
from linli_engine.siting.items import Building as Building
from linli_engine.siting.items import Site as Site
from linli_engine.siting.items import SitingWeights as SitingWeights
from linli_engine.siting.needs import sites_needed as sites_needed

__all__ = ["Assignment", "Building", "Site", "SitingWeights", "assign_buildings", "sites_needed"]
