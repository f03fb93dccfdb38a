"""Plain words that the rules must not take for something else."""

from typing import Final

from architect.briefing.listed import listed

LIKE_PRODUCTS: Final = listed(
    "admen aerospace anthropoid authentic boost bravo chargeable cloudless cockroaches cognition "
    "connection cookies copra corner daten dated dates deeply deeps dicker discard discoed docked docket "
    "dragonfly edged entrap epics ester extra fails fairs firestorm firestorms flank flash flasks "
    "foreswore foundation foundations freshness grail heroes herpes hippy infer inform jumbo kubrick "
    "lanced magenta magneto mango mangos miseries mosquito mosquitos mysteries opened overdrive papal "
    "personify piped placid plain plait postal posters posture postures rabbi rabbis rabbits ranched "
    "ranches raunchier redid renters resentful restfully robin schoolboy scribble scribbled scribbler "
    "scribbles shack since slick slunk smack snack sonic spunk stack stance stances stancher starlit "
    "statuette stauncher strap straps strata stride strife strike strip striped strips stript strive "
    "sunup synch system systemd systems taint telegraph titter transfusion transition twine twink twins "
    "twist twister twitted valley verify vibes video viler viper vireo vista voyage wordiness workaday "
    "worldlier worldliness worldwide zanier zapper"
)
"""English words that stand within a typing error of a product's name."""
