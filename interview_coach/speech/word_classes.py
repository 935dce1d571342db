"""Closed classes of English words, in the normalised form of `text.normalise`.

Own lists: these classes are small and fixed in English, so a full list is a short list.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text written with spaces between them, as a set."""
    return frozenset(text.split())


def phrase_tuples(text: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a text written with bars between them, each as its words, in order."""
    return tuple(tuple(phrase.split()) for phrase in text.split("|"))


def padded_phrases(text: str) -> tuple[str, ...]:
    """The phrases of a text written with bars between them, each with a space around it, so that
    a phrase is found in joined words as words and never inside one."""
    return tuple(f" {phrase.strip()} " for phrase in text.split("|"))


DETERMINERS = word_set(
    "the a an my our your his her their its this that these those every each some any no "
    "another such both all either neither whose"
)
SUBJECT_PRONOUNS = word_set("i we he she they")
# Contractions that begin with a subject, apostrophe gone ("well", "were", "ill", "shed" and
# "hell" are other words too and stay out).
SUBJECT_CONTRACTIONS = word_set(
    "im ive id weve wed hes shes theyre theyve theyd theyll hed youre youve youd youll itd itll ill"
)
OTHER_PRONOUNS = word_set(
    "you it me us him them myself ourselves himself herself themselves itself yourself mine ours "
    "theirs hers someone somebody anyone anybody everyone everybody nobody something anything "
    "everything nothing one"
)
AUXILIARIES = word_set(
    "am is are was were be been being have has had having do does did will would can could "
    "should shall may might must isnt arent wasnt werent havent hasnt hadnt dont doesnt didnt "
    "wont wouldnt cant couldnt shouldnt cannot"
)
FINITE_AUXILIARIES = AUXILIARIES - word_set("be been being having am")
PREPOSITIONS = word_set(
    "of in on at by for with from into onto over under about between through during without "
    "within against among across toward towards behind beyond near per via upon off out up down "
    "around along inside outside despite"
)
SUBORDINATORS = word_set(
    "that because when while if as than which who whom what how where why whether although "
    "though unless until till since after before once whenever wherever"
)
COORDINATORS = word_set("and or but nor yet")
ADVERBS = word_set(
    "not also very really just then there here now again still already always never often "
    "sometimes only even ever too quite almost more most less least much many few several "
    "other others own same both first later soon finally together instead however therefore "
    "else rather away back"
)
CONTRACTED_CLAUSES = word_set("thats theres heres whats wheres hows whos lets its")

FUNCTION_WORDS = (
    DETERMINERS
    | SUBJECT_PRONOUNS
    | SUBJECT_CONTRACTIONS
    | OTHER_PRONOUNS
    | AUXILIARIES
    | PREPOSITIONS
    | SUBORDINATORS
    | COORDINATORS
    | ADVERBS
    | CONTRACTED_CLAUSES
    | {"to"}
)

IRREGULAR_PASTS: dict[str, str] = dict(
    pair.split(":")
    for pair in word_set(
        "led:lead built:build wrote:write written:write ran:run made:make took:take taken:take "
        "gave:give given:give found:find thought:think told:tell said:say knew:know known:know "
        "went:go gone:go saw:see seen:see spoke:speak spoken:speak chose:choose chosen:choose "
        "broke:break broken:break drove:drive driven:drive fell:fall fallen:fall grew:grow "
        "grown:grow held:hold kept:keep lost:lose met:meet paid:pay sent:send sold:sell "
        "spent:spend taught:teach won:win understood:understand brought:bring bought:buy "
        "caught:catch began:begin begun:begin became:become came:come got:get felt:feel "
        "heard:hear left:leave meant:mean rose:rise risen:rise stood:stand sat:sit threw:throw "
        "thrown:throw wore:wear drew:draw drawn:draw forgot:forget forgotten:forget fought:fight "
        "slept:sleep dealt:deal sought:seek rebuilt:rebuild rewrote:rewrite oversaw:oversee "
        "stuck:stick struck:strike swore:swear undertook:undertake withdrew:withdraw "
        "overcame:overcome laid:lay shown:show flew:fly hid:hide learnt:learn"
    )
)

PAST_LIKE = frozenset(IRREGULAR_PASTS) | word_set("cut set put hit let shut split")


def looks_past(word: str) -> bool:
    """True when a normalised word has the shape of a past tense ("checked", "led")."""
    return word in PAST_LIKE or (len(word) > 4 and word.endswith("ed") and word != "need")
