/// Names of languages, folded, in English, German and Spanish.
enum LanguageNames {
    static func contains(_ word: String) -> Bool { names.contains(word) }

    private static let names: Set<String> = Set(
        """
        english german french spanish italian portuguese dutch danish swedish norwegian finnish icelandic polish czech
        slovak slovenian croatian serbian bosnian
        hungarian romanian bulgarian greek turkish russian ukrainian belarusian lithuanian latvian estonian albanian
        macedonian georgian armenian azerbaijani kazakh uzbek
        arabic hebrew persian farsi dari pashto kurdish urdu hindi punjabi bengali bangla gujarati marathi tamil telugu
        kannada malayalam sinhala nepali sanskrit
        chinese mandarin cantonese japanese korean vietnamese thai khmer lao burmese malay indonesian tagalog filipino
        swahili amharic somali hausa yoruba igbo zulu xhosa
        afrikaans shona akan twi wolof catalan basque galician valencian irish gaelic welsh scottish breton maltese
        luxembourgish latin esperanto maori samoan quechua guarani creole
        asl mongolian tibetan
        deutsch englisch franzosisch spanisch italienisch portugiesisch niederlandisch hollandisch danisch schwedisch
        norwegisch finnisch polnisch tschechisch slowakisch slowenisch kroatisch
        serbisch bosnisch ungarisch rumanisch bulgarisch griechisch turkisch russisch ukrainisch arabisch hebraisch
        persisch kurdisch chinesisch mandarin japanisch koreanisch vietnamesisch
        latein albanisch litauisch lettisch estnisch katalanisch
        espanol castellano ingles aleman frances italiano portugues catalan euskera vasco gallego valenciano neerlandes
        holandes danes sueco noruego fines polaco checo hungaro rumano bulgaro
        griego turco ruso ucraniano arabe hebreo persa chino mandarin japones coreano latin arabe hindi guarani quechua
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
