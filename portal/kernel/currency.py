"""Currency codes and how many decimals each has.

Source: ISO 4217, list one (current currencies and funds), published by the maintenance agency SIX on 2026-01-01;
precious metals, bond units, XDR, XSU, XUA, XTS and XXX are left out: the list gives them no minor unit. `FORMER`
holds codes of list three that contracts since 2004 may still name, in this part of the world.
"""

from __future__ import annotations

CURRENT = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF"
        " CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL"
        " HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU"
        " MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR"
        " SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED"
        " VES WST XAD XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
FORMER = {
    0: "BYR",
    2: "ANG BGN CSD CUC CYP EEK HRK LTL LVL MTL ROL SIT SKK TMM ZMK",
}

# Code → number of decimals of its minor unit (EUR 2: cents).
EXPONENTS: dict[str, int] = {
    code: decimals for table in (FORMER, CURRENT) for decimals, codes in table.items() for code in codes.split()
}
