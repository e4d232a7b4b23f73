"""Numbers of accounts and cards, told from other numbers by their check digits."""

from __future__ import annotations

import re

# The IBAN registry (SWIFT, ISO 13616): country and length.
_LENGTHS = {
    code: length
    for length, codes in {
        15: "NO", 16: "BE", 18: "DK FI FO GL NL", 19: "MK SI", 20: "AT BA EE KZ LT LU XK", 21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR", 27: "FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA", 30: "JO KW MU", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for code in codes.split()
}  # fmt: skip
# Those that standards and payment companies print in their documentation.
_SHOWN_IBANS = frozenset(
    {
        "DE89370400440532013000", "GB82WEST12345698765432", "GB29NWBK60161331926819", "FR1420041010050500013M02606", "NL91ABNA0417164300",
        "CH9300762011623852957", "AT611904300234573201", "BE68539007547034", "ES9121000418450200051332", "IT60X0542811101000000123456",
    }
)  # fmt: skip
_SHOWN_CARDS = frozenset(
    {
        "4111111111111111", "4242424242424242", "4012888888881881", "4000056655665556", "5555555555554444", "5105105105105100",
        "5200828282828210", "2223003122003222", "378282246310005", "371449635398431", "378734493671000", "6011111111111117",
        "6011000990139424", "30569309025904", "38520000023237", "3566002020360505",
    }
)  # fmt: skip
_ISSUERS = re.compile(
    r"4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}"
)


def is_iban(text: str) -> bool:
    """Tell whether a text is an account number: length of its country, check digits, and none that documentation shows."""
    plain = text.replace(" ", "")
    if _LENGTHS.get(plain[:2]) != len(plain) or plain in _SHOWN_IBANS:
        return False
    # ISO 7064, modulo 97: the first four go to the end, letters count from 10.
    return int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1


def is_card(text: str) -> bool:
    """Tell whether a text is a card's number: digits of an issuer, a right check digit (Luhn), and none that is for tests."""
    plain = re.sub(r"\D", "", text)
    if not _ISSUERS.fullmatch(plain) or plain in _SHOWN_CARDS or len(set(plain)) < 4:
        return False
    doubled = [int(each) * (1 + place % 2) for place, each in enumerate(reversed(plain))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0
