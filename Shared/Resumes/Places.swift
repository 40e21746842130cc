/// Tells places by names that are known, by postal codes and by how they are written.
enum Places {
    /// Whether a piece of text is nothing but a place: `Berlin`, `10115 Berlin`, `Portland, OR`, `Remote`.
    static func isPlace(_ span: Span) -> Bool {
        let words = span.words
        guard !words.isEmpty, words.count <= 6 else { return false }
        let name = words.filter { !$0.allSatisfy(\.isNumber) }
        guard !name.isEmpty else { return false }
        if known.contains(name.joined(separator: " ")) { return true }
        let pieces = span.split { $0 == .comma || $0 == .slash || $0 == .open || $0 == .close }
        if pieces.count > 1, let last = pieces.last, isKnown(last) || isState(last) {
            return pieces.allSatisfy { $0.words.count <= 4 }
        }
        return hasPostalCode(span) && name.count <= 3
    }

    /// Whether it names a known city or country somewhere.
    static func mentionsPlace(_ span: Span) -> Bool {
        span.split { $0 == .comma || $0 == .slash || $0 == .open || $0 == .close }.contains {
            isKnown($0) || isState($0) || hasPostalCode($0)
        }
    }

    private static func isKnown(_ span: Span) -> Bool {
        known.contains(span.words.filter { !$0.allSatisfy(\.isNumber) }.joined(separator: " "))
    }

    /// Two capital letters of a state or province, perhaps with a ZIP code.
    private static func isState(_ span: Span) -> Bool {
        let parts = span.text.split(separator: " ")
        guard let first = parts.first, states.contains(String(first)) else { return false }
        return parts.dropFirst().allSatisfy { $0.allSatisfy { $0.isNumber || $0 == "-" } }
    }

    private static func hasPostalCode(_ span: Span) -> Bool {
        let tokens = span.tokens
        guard tokens.count >= 2, tokens.contains(where: { $0.kind == .word }) else { return false }
        return tokens[0].digits == 5 || tokens[0].digits == 4 || tokens[tokens.count - 1].digits == 5
    }

    private static let states: Set<String> = Set(
        """
        AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
        PA RI SC SD TN TX UT VT VA WA WV WI
        WY DC BC AB ON QC NS NB MB SK NSW VIC QLD UK USA US UAE EU
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// Countries, and cities of many people or many jobs, folded; ways to say "not at one place" too.
    private static let known: Set<String> = Set(
        """
        remote, hybrid, homeoffice, home office, on site, onsite, worldwide, remoto, hibrido, teletrabajo
        usa, us, uk, united states, united states of america, united kingdom, england, scotland, wales,
        northern ireland, ireland, canada, australia, new zealand, india, pakistan,
        bangladesh, sri lanka, nepal, china, hong kong, taiwan, japan, south korea, korea, singapore, malaysia,
        indonesia, philippines, thailand, vietnam, germany, austria, switzerland,
        france, spain, portugal, italy, netherlands, belgium, luxembourg, denmark, sweden, norway, finland, iceland,
        poland, czech republic, czechia, slovakia, hungary, romania,
        bulgaria, greece, turkey, ukraine, russia, estonia, latvia, lithuania, croatia, serbia, slovenia, israel, egypt,
        morocco, tunisia, algeria, nigeria, ghana, kenya, ethiopia,
        south africa, uae, united arab emirates, saudi arabia, qatar, jordan, lebanon, mexico, brazil, argentina, chile,
        peru, colombia, venezuela, ecuador, uruguay, bolivia,
        paraguay, costa rica, panama, cuba, dominican republic, guatemala, puerto rico, deutschland, osterreich,
        schweiz, frankreich, spanien, italien, niederlande, belgien,
        polen, turkei, espana, mexico, peru, republica dominicana, estados unidos, alemania, francia, reino unido,
        brasil, italia
        london, manchester, birmingham, leeds, liverpool, bristol, glasgow, edinburgh, cardiff, belfast, sheffield,
        newcastle, nottingham, leicester, oxford, cambridge,
        reading, brighton, york, bath, dublin, cork, galway, limerick
        new york, new york city, nyc, brooklyn, los angeles, san francisco, san jose, san diego, seattle, portland,
        denver, austin, dallas, houston, san antonio, chicago, boston, miami,
        atlanta, philadelphia, washington, washington dc, phoenix, detroit, minneapolis, las vegas, salt lake city,
        charlotte, nashville, pittsburgh, baltimore, orlando, tampa,
        cleveland, columbus, indianapolis, st louis, kansas city, sacramento, raleigh, oakland, new orleans, milwaukee,
        cincinnati, buffalo, albany, honolulu, palo alto, mountain view,
        colorado, california, texas, florida, illinois, massachusetts, washington state, oregon, ohio, georgia,
        virginia, pennsylvania, michigan, arizona, new jersey, north carolina
        toronto, vancouver, montreal, ottawa, calgary, edmonton, quebec, winnipeg, halifax, sydney, melbourne, brisbane,
        perth, adelaide, canberra, auckland, wellington, christchurch
        mumbai, delhi, new delhi, bengaluru, bangalore, hyderabad, chennai, pune, kolkata, gurgaon, noida, ahmedabad,
        karachi, lahore, islamabad, dhaka, colombo, kathmandu
        beijing, shanghai, shenzhen, guangzhou, taipei, tokyo, osaka, kyoto, seoul, busan, kuala lumpur, jakarta,
        manila, bangkok, hanoi, ho chi minh city
        lagos, abuja, accra, nairobi, cairo, cape town, johannesburg, durban, pretoria, casablanca, addis ababa, dubai,
        abu dhabi, doha, riyadh, tel aviv, jerusalem, haifa, beirut, amman
        berlin, hamburg, munchen, munich, koln, cologne, frankfurt, frankfurt am main, stuttgart, dusseldorf, leipzig,
        dortmund, essen, bremen, dresden, hannover, nurnberg, nuremberg,
        duisburg, bochum, wuppertal, bielefeld, bonn, munster, karlsruhe, mannheim, augsburg, wiesbaden, aachen, kiel,
        freiburg, mainz, potsdam, jena, ulm, heidelberg, darmstadt,
        wien, vienna, graz, linz, salzburg, innsbruck, zurich, genf, geneva, geneve, basel, bern, lausanne, winterthur,
        luzern
        madrid, barcelona, valencia, sevilla, zaragoza, malaga, murcia, palma, bilbao, alicante, cordoba, valladolid,
        vigo, gijon, granada, a coruna, vitoria, san sebastian, pamplona, santander,
        ciudad de mexico, cdmx, guadalajara, monterrey, puebla, bogota, medellin, cali, barranquilla, buenos aires,
        rosario, santiago, santiago de chile, valparaiso, lima, arequipa, quito, guayaquil,
        caracas, montevideo, la paz, asuncion, san juan, santo domingo, sao paulo, rio de janeiro
        paris, lyon, marseille, toulouse, lille, bordeaux, nice, amsterdam, rotterdam, the hague, utrecht, eindhoven,
        brussels, antwerp, ghent, lisbon, lisboa, porto, rome, roma, milan, milano, turin,
        naples, copenhagen, stockholm, gothenburg, oslo, bergen, helsinki, warsaw, krakow, wroclaw, gdansk, poznan,
        prague, praha, brno, bratislava, budapest, bucharest, cluj, sofia, athens,
        istanbul, ankara, izmir, kyiv, lviv, tallinn, riga, vilnius, zagreb, belgrade, ljubljana, moscow
        """.split { $0 == "," || $0 == "\n" }.map { $0.split(separator: " ").joined(separator: " ") })
}
