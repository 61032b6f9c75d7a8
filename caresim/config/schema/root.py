"""The whole of a config."""

from __future__ import annotations

from typing import Annotated

from caresim.config.kinds import Number, Text
from caresim.config.schema.appraisal import Appraisal
from caresim.config.schema.base import Section, may, said
from caresim.config.schema.budgets import Budget, Target
from caresim.config.schema.hospital import Discharge, Hospital, Need, Waiting
from caresim.config.schema.interventions import Intervention
from caresim.config.schema.payment import Payment
from caresim.config.schema.place import Calendar, Demand, Geography
from caresim.config.schema.resources import AtStart, Pools, Prices
from caresim.config.schema.support import Episode, Packages, Reablement, Requests, TemporaryPlacement
from caresim.config.smallkinds import TextsOf


class Config(Section):
    """Everything that a scenario is made of."""

    caresim: Annotated[int, Number(least=1, most=1, whole=True)] = said(None, "The version of this format")
    name: Annotated[str, Text(200)] = said(None, "What the scenario is called")
    description: Annotated[str | None, Text()] = may(None, "What the scenario is for")
    left_out: Annotated[tuple[str, ...] | None, TextsOf(6)] = may(None, "What it leaves out, as its reports say it")
    calendar: Calendar = said(None, "When")
    geography: Geography = said(None, "Where")
    demand: Demand = said(None, "How many people there are and how many ask")
    hospital: Hospital = said(None, "The acute stay")
    need: Need = said(None, "Hours a week that a person needs")
    discharge: Discharge = said(None, "Referral, pathways and what follows")
    waiting: Waiting = said(None, "Stages between being ready and leaving")
    reablement: Reablement = said(None, "Reablement at home, pathway 1")
    intermediate_care: Episode = said(None, "Intermediate care, pathway 2")
    temporary_placement: TemporaryPlacement = said(None, "Temporary stays in a care home, pathway 3")
    requests: Requests = said(None, "What assessments outside hospital lead to")
    packages: Packages = said(None, "Long-term packages")
    prices: Prices = said(None, "Prices")
    payment: Payment = said(None, "Who pays whom")
    appraisal: Appraisal = said(None, "How costs and savings are weighed")
    pools: Pools = said(None, "Capacities")
    interventions: tuple[Intervention, ...] = said(None, "Changes that are made: files, or written out")
    budgets: tuple[Budget, ...] = said(None, "Budgets and outturn by line, as far as they are known")
    targets: tuple[Target, ...] = said(None, "Figures that the scenario was fitted to or is held against")
    at_start: AtStart = said(None, "People in care on the first day run")
