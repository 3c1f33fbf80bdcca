"""What the tests of sheets share."""

from core import exchange

SHOPS = "code,name,region,legal_name,entity_kind,registration_number,country\n"


ONE = 'USLC1,Lumen,US,"Lumen, LLC",company,84-1,US\n'


TWO = 'USLC2,Lumen Two,US,"Lumen, LLC",company,84 -1,us\n'


def some(counts: dict[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if count}


def found(result: exchange.ImportResult) -> list[tuple[int, str]]:
    return [(problem.line, problem.field) for problem in result.problems]
