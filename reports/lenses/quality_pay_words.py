"""The words of quality pay (LN-05), in Russian and English: every line with its figure, visits and noise."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from checklists.localtext import Language
from reports.catalogues import fill_in
from reports.lenses.pay_formula import PayCaution, PayProblem
from reports.lenses.phrasing import count_out_of, count_things
from reports.lenses.quality_pay import VISITS_NEEDED, PayComponent, PayLine, PaySheet
from reports.numbers import format_number

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Доплата за качество", "Quality pay"),
    "base": ("Постоянная часть", "Base share"),
    "total": ("Итого, % полной выплаты", "Total, % of the whole pay"),
    "line": (
        "{figure} из 100 (вероятно, от {low} до {high}), {visits}: {earns}.",
        "{figure} out of 100 (likely between {low} and {high}), {visits}: {earns}.",
    ),
    "earns_band": (
        "полоса «от {at}», это {part} от {share}, то есть {adds}",
        "the band “from {at}” earns {part} of {share}, which is {adds}",
    ),
    "earns_nothing": (
        "ниже самой низкой полосы, эта часть не выплачивается",
        "below the lowest band, this share is not paid",
    ),
    "earns_proportion": (
        "в пропорции — {part} от {share}, то есть {adds}",
        "in proportion, {part} of {share}, which is {adds}",
    ),
    "sure": (
        "Погрешность выплату не меняет.",
        "The uncertainty does not change what is paid.",
    ),
    "unsure": (
        "Погрешность заходит в другую полосу: могло бы быть от {least} до {most}.",
        "The uncertainty reaches into another band: it could have been between {least} and {most}.",
    ),
    "unsure_proportion": (
        "Из-за погрешности могло бы быть от {least} до {most}.",
        "For the uncertainty alone it could have been between {least} and {most}.",
    ),
    "line_not_enough_visits": (
        "Мало визитов: {count} из {needed}.",
        "Not enough visits: {count} of {needed}.",
    ),
    "line_not_assessed": (
        "Справедливой оценки пока нет, {visits}.",
        "There is no fair estimate yet, {visits}.",
    ),
    "computed": (
        "Выплата {total} полной суммы. С учётом погрешности — от {least} до {most}.",
        "The pay is {total} of the whole. Allowing for uncertainty, between {least} and {most}.",
    ),
    "computed_sure": (
        "Выплата {total} полной суммы. Погрешность её не меняет.",
        "The pay is {total} of the whole. The uncertainty does not change it.",
    ),
    "not_enough_visits": (
        "Выплата не рассчитана: нужно не меньше {needed} визитов по каждой части. Решает руководитель.",
        "Not computed: each part needs {needed} visits or more. A person decides.",
    ),
    "not_assessed": (
        "Выплата не рассчитана: не для всех частей есть справедливая оценка. Решает руководитель.",
        "Not computed: some parts have no fair estimate. A person decides.",
    ),
    "meaning": (
        "Каждая часть считается по справедливой оценке: с поправкой на проверяющих, точки и число "
        "визитов. Оценка "
        "округляется до десятой и попадает в полосу; дальше счёт точный. Погрешность — интервал "
        "90\u00a0%, части "
        "ошибаются в одну сторону: диапазон скорее широк, чем узок. Расчёт вступает в силу с подписью.",
        "Each part is paid by the fair estimate, adjusted for auditors, places and the number of visits. "
        "It is "
        "rounded to a tenth and falls into a band; from there on the sum is exact. The uncertainty is a "
        "90% interval "
        "and supposes that the parts err together, so the range is rather too wide than too narrow. "
        "Nothing holds "
        "before a person has signed it.",
    ),
    # What keeps a formula from being used
    "no_components": (
        "В формуле нет ни одной части, которую можно заработать. Добавьте хотя бы одну.",
        "Nothing in the formula can be earned. Add at least one component.",
    ),
    "too_many_components": (
        "Частей слишком много ({found}). Оставьте не больше 10: иначе никто не запомнит, за что платят.",
        "There are too many components ({found}). Keep 10 at most, or nobody remembers what is paid for.",
    ),
    "not_hundred": (
        "Доли складываются в {found} %. Исправьте их так, чтобы вышло ровно 100.",
        "The shares add up to {found}%. Change them so that they make exactly 100.",
    ),
    "base_out_of_range": (
        "Постоянная часть {found} % невозможна. Впишите 0 или больше, но меньше 100.",
        "A base share of {found}% cannot be. Enter 0 or more, and less than 100.",
    ),
    "share_out_of_range": (
        "Доля {found} % невозможна. Впишите число больше 0 и не больше 100.",
        "A share of {found}% cannot be. Enter a number above 0 and up to 100.",
    ),
    "same_component": (
        "Эта часть стоит в формуле дважды. Оставьте одну.",
        "This component stands in the formula twice. Keep one.",
    ),
    "too_many_bands": ("Полос больше 10. Уберите лишние.", "There are more than 10 bands. Remove some."),
    "band_out_of_range": (
        "Полоса «от {found}» невозможна: граница — от 0 до 100, оплата — от 0 до 100\u00a0% доли.",
        "A band from {found} cannot be: the limit lies between 0 and 100, the pay between 0 and 100% of "
        "the share.",
    ),
    "bands_not_descending": (
        "Полосы идут не по порядку около {found}. Впишите их от самой высокой к самой низкой, каждую "
        "один раз.",
        "The bands are out of order near {found}. Enter them from the highest to the lowest, each once.",
    ),
    "worse_pays_more": (
        "Полоса «от {found}» платит больше, чем полоса над ней. Исправьте одну из двух.",
        "The band from {found} pays more than the one above it. Change one of the two.",
    ),
    "nothing_to_earn": (
        "Ни одна полоса этой части ничего не платит. Впишите оплату хотя бы в одну.",
        "No band of this component pays anything. Enter a pay in at least one.",
    ),
    # What is allowed and yet hangs on chance
    "no_bands": (
        "«{component}»: без полос выплату меняет каждая десятая, а так точно оценку не знает никто.",
        "“{component}”: without bands every tenth changes the pay, and nobody knows the figure that well.",
    ),
    "all_or_nothing": (
        "«{component}»: полоса одна, и рядом с её границей всё решает случай. Добавьте промежуточную.",
        "“{component}”: there is one band only, and near its limit chance decides. Add one in between.",
    ),
}


def write_share(share: Fraction | int, language: Language) -> str:
    """Write a share of the pay in percent, with no more decimals than it needs and two at most."""
    space = "\N{NO-BREAK SPACE}" if language == "ru" else ""
    return f"{format_number(share, language, places=2)}{space}%"


def write_amount(amount: Decimal, language: Language) -> str:
    """Write what a line adds, with the hundredths in which the column adds up."""
    return format_number(amount, language, places=2, least=2)


def describe_line(line: PayLine, language: Language) -> str:
    """Say how a component's figure became pay, or why it did not."""
    figure, visits = line.figure, count_things(line.figure.count, "visit", language)
    if figure.value is None or figure.low is None or figure.high is None or line.state != "computed":
        key, count = f"line_{line.state}", figure.count
        return fill_in(WORDS, key, language, count=count, needed=VISITS_NEEDED, visits=visits)
    low, high = (format_number(each, language, places=1, least=1) for each in (figure.low, figure.high))
    shown = format_number(figure.value, language, places=1, least=1)
    earns = _describe_earning(line, language)
    return fill_in(WORDS, "line", language, figure=shown, low=low, high=high, visits=visits, earns=earns)


def describe_noise(line: PayLine, language: Language) -> str:
    """Say whether the uncertainty of the figure could change what is paid; empty for what is not computed."""
    if line.least is None or line.most is None:
        return ""
    if line.is_sure:
        return fill_in(WORDS, "sure", language)
    key = "unsure" if line.component.bands else "unsure_proportion"
    least, most = write_share(line.least, language), write_share(line.most, language)
    return fill_in(WORDS, key, language, least=least, most=most)


def describe_pay(sheet: PaySheet, language: Language) -> str:
    """Say in a sentence what is paid and between which limits it could lie, or why nothing is computed."""
    if sheet.total is None or sheet.least is None or sheet.most is None:
        return fill_in(WORDS, sheet.state, language, needed=VISITS_NEEDED)
    key = "computed_sure" if sheet.least == sheet.most else "computed"
    total, least, most = (write_share(each, language) for each in (sheet.total, sheet.least, sheet.most))
    return fill_in(WORDS, key, language, total=total, least=least, most=most)


def describe_problem(problem: PayProblem, language: Language) -> str:
    """Say what is wrong with a formula and how to mend it."""
    found = "" if problem.found is None else format_number(problem.found, language, places=2)
    return fill_in(WORDS, problem.reason, language, found=found)


def describe_caution(caution: PayCaution, component: PayComponent, language: Language) -> str:
    """Say what of a formula lets chance decide about pay."""
    title = component.title.in_language(language)
    return fill_in(WORDS, caution.warning, language, component=title)


def describe_visits(sheet: PaySheet, language: Language) -> str:
    """Say from how many visits the sheet is made, all components together."""
    visits = {visit for line in sheet.lines for visit in line.figure.visits}
    return count_out_of(len(visits), "visit", language)


def explain_pay(language: Language) -> str:
    """Say how the pay is computed, for the page and the printout."""
    return fill_in(WORDS, "meaning", language)


def _describe_earning(line: PayLine, language: Language) -> str:
    figure, component = line.figure.value, line.component
    assert figure is not None, "only what was computed has earned anything"
    assert line.part is not None
    assert line.adds is not None
    band = component.find_band(figure)
    if component.bands and band is None:
        return fill_in(WORDS, "earns_nothing", language)
    return fill_in(
        WORDS,
        "earns_band" if band else "earns_proportion",
        language,
        at="" if band is None else format_number(band.at, language),
        part=write_share(100 * line.part, language),
        share=write_share(component.share, language),
        adds=write_share(line.adds, language),
    )
