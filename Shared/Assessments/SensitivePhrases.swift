/// The words by which sensitive questions are known, in English, German and Spanish. Each speaks
/// to the candidate ("your", "sind Sie", "tiene"): the same subject as a task of the job is no
/// question about a person, as in "How do you make pages accessible to people with disabilities?".
extension SensitiveTopic {
    static let age = Phrase.lines(
        """
        how old are|were you
        how old you are
        what age are you
        your age !group|range
        your ?exact date of birth
        your birth date|year
        your birthdate|birthday|birthyear
        when were you born
        year were you born
        when|year did you graduate
        when|year do|will|would you retire .
        you plan|want|intend|expect to retire .
        until|before you retire .
        are you ?too old|young
        are you over|under|older|younger ?than 18|21|30|35|40|45|50|55|60|65

        wie alt sind|bist sie|du
        ihr|dein|ihrem|deinem alter
        ihr|dein geburtsdatum|geburtstag|geburtsjahr
        wann|jahr sind|bist|wurden|wurdest sie|du geboren
        welcher jahrgang
        wann gehen|gehst|wollen|willst|mochten|mochtest|planen sie|du ... rente|ruhestand|pension

        cuantos anos tiene|tienes ?usted !de|trabajando|usando|programando|el|la|su
        que edad tiene|tienes
        su|tu edad
        su|tu fecha|ano de nacimiento
        cuando|ano nacio|naciste ?usted .
        cuando piensa|piensas|quiere|quieres jubilarse|jubilarte
        """)

    static let familyPlans = Phrase.lines(
        """
        are|were you ?currently pregnant
        your pregnancy
        do|did you ?currently ?already have ?any ?young|small children|kids
        do you have a family
        how many children|kids do|have you
        plan|planning|intend|want|hope|expect|expecting ?to ?on have|having|start|starting ?a|any|more family|children|kids|baby
        your children|kids|childcare
        your child care
        your family plans|planning|situation|status|commitments|responsibilities|life
        about your family
        who looks|takes ?after|care ?of your|the children|kids|family
        you ?need|take|taking|plan|planning ?to ?take maternity|parental|paternity leave

        sind|bist|waren sie|du ?gerade|aktuell|derzeit schwanger
        ihre|deine schwangerschaft
        haben|hast sie|du ?schon ?eigene|kleine kinder
        wollen|willst|mochten|mochtest|planen|planst|wunschen sie|du ?sich ?noch|spater|bald ?eigene|weitere kinder|nachwuchs
        wie viele kinder haben|hast sie|du
        sie|du ... kinderwunsch
        ihr|ihren|dein|deinen kinderwunsch
        ihre|deine|ihrer|deiner familienplanung|familiensituation|kinderbetreuung
        ihre|deine kinder
        uber|von ihre|ihrer|deine|deiner familie
        wer betreut|kummert|passt ?sich ?um|auf ihre|deine|die kinder
        eine familie grunden|zu

        esta|estas ?usted ?actualmente embarazada
        su|tu embarazo
        tiene|tienes ?usted hijos|ninos
        cuantos hijos tiene|tienes
        piensa|piensas|quiere|quieres|planea|planeas|desea|deseas ?usted tener|formar ?mas|una hijos|familia|ninos
        sus|tus hijos
        planes familiares
        su|tu situacion familiar
        """)

    static let maritalStatus = Phrase.lines(
        """
        are you ?currently ?still married|divorced|widowed
        are you ?currently ?still single !handed*|threaded
        are you engaged to
        your marital|relationship status
        your maiden name
        your husband|wife|spouse|husbands|wifes|boyfriend|girlfriend
        do you have a husband|wife|spouse|boyfriend|girlfriend
        what does your partner do

        sind|bist|waren sie|du ?schon|noch verheiratet|ledig|geschieden|verlobt|verwitwet|single|alleinstehend
        familienstand
        ihr|ihre|dein|deine ehemann|ehefrau|ehepartner|lebensgefahrte|lebensgefahrtin
        was macht ihr|ihre|dein|deine mann|frau|partner|partnerin
        ihr|dein geburtsname|madchenname

        esta|estas|es|eres ?usted casado|casada|soltero|soltera|divorciado|divorciada|viudo|viuda
        estado civil
        su|tu esposo|esposa|marido|mujer|conyuge|novio|novia
        su|tu apellido de soltera
        """)

    static let religion = Phrase.lines(
        """
        your religion
        your religious belief*|holiday*|practice*|affiliation
        what|which religion|faith|denomination
        what is your faith
        what|which church|mosque|synagogue ... you
        are you ?a ?practicing|practising religious|christian|muslim|jewish|catholic|hindu|buddhist|atheist|protestant
        do you believe in god
        do you pray
        do you attend|go ?to church|mosque|synagogue
        religious holidays ... you

        ihre|deine|ihrer|deiner|welche|welcher religion|konfession|religionszugehorigkeit|glaubensrichtung
        sind|bist sie|du ?sehr religios|glaubig|katholisch|evangelisch|konfessionslos|muslimisch|judisch
        sind|bist sie|du ?ein|eine christ|christin|katholik|katholikin|muslim|muslima|moslem|jude|judin|buddhist|atheist|atheistin
        glauben|glaubst sie|du an ?einen gott
        beten|betest sie|du
        gehen|gehst sie|du ... kirche|moschee|synagoge

        su|tu|que religion
        sus|tus creencias religiosas
        es|eres ?usted religioso|religiosa|catolico|catolica|musulman|musulmana|judio|judia|cristiano|cristiana|ateo|atea
        es|eres ?usted creyente|practicante
        cree|crees ?usted en dios
        va|vas|asiste|asistes ?usted a ?la iglesia|misa|mezquita|sinagoga
        """)

    static let origin = Phrase.lines(
        """
        where are|do you ?originally|really|actually ?come from
        where were you born|raised
        where did you grow up
        your nationality|citizenship|ethnicity|ancestry|birthplace
        your ethnic|racial|national background|origin*|heritage
        your race !condition*|car|day
        your country|place of origin|birth
        your native|first language|tongue
        your mother tongue
        your skin colo*
        your accent
        what nationality|ethnicity|race are you
        where are|do|did|were your parents|family|grandparents ?come from|born
        are you ?a|an ?us|uk|eu|american|british|german|european citizen|foreigner|immigrant|migrant|refugee
        is english|german|spanish your first|native|mother

        woher kommen|kommst|stammen|stammst sie|du
        wo kommen|kommst sie|du ?eigentlich|ursprunglich her
        wo sind|bist|wurden|wurdest sie|du aufgewachsen|geboren
        aus welchem land kommen|kommst|stammen|sind
        ihre|deine|ihrer|deiner ?ethnische|ethnischen staatsangehorigkeit|staatsburgerschaft|nationalitat|herkunft|abstammung
        ihre|deine|ihrer|deiner muttersprache|hautfarbe
        welche|welcher staatsangehorigkeit|staatsburgerschaft|nationalitat|muttersprache ... sie|du
        woher kommt|stammt|kommen|stammen ihr|dein|ihre|deine name|nachname|akzent|familie|eltern
        sind|bist sie|du ?ein|eine auslander|auslanderin|migrant|migrantin|fluchtling|deutscher|deutsche

        de donde es|eres|viene|vienes|proviene ?usted ?originalmente|realmente .
        donde nacio|naciste|crecio|creciste ?usted .
        su|tu|que nacionalidad|ciudadania|raza|etnia
        su|tu origen !de
        su|tu lengua|idioma materna|materno|nativa|nativo
        su|tu pais|lugar de origen|nacimiento
        su|tu color de piel
        su|tu acento
        de donde son|es|viene|vienen sus|tus|su|tu padres|familia
        es|eres ?usted extranjero|extranjera|inmigrante|refugiado|refugiada
        """)

    static let health = Phrase.lines(
        """
        do|did you ?currently have|suffer ?from ?a|an|any ?known|other ?physical|mental|chronic|serious disability|disabilities
        do|did you ?currently have|suffer ?from ?a|an|any ?physical|mental|chronic|serious illness|illnesses|disease|diseases
        do|did you ?currently have|suffer ?from ?a|an|any ?physical|mental impairment|impairments|handicap|handicaps
        do|did you ?currently have|suffer ?from ?a|any medical|health|mental|chronic ?health condition*|problem*|issue*
        are|were you ?physically|mentally|often|chronically disabled|handicapped|healthy|ill|sick|depressed
        your ?physical|mental disability|disabilities|illness|illnesses|handicap
        your ?current ?physical|mental health .
        your medical condition|history|record*
        your state of health
        sick days|leave ... you
        how many|often days ... you ... sick|ill
        how often are|were you ?off sick|ill
        do you take|use ?any ?prescription|regular medication|medications|medicine|medicines|drugs
        have you ?ever been ?seriously|mentally|chronically ill|hospitali*|diagnosed
        have you ?ever had ?any|a ?serious surgery|cancer|depression|burnout|illness
        do you smoke|vape
        do you drink ?alcohol .
        your weight|height .

        haben|hast sie|du ?aktuell ?eine|einen ?korperliche|chronische|psychische behinderung*|schwerbehinderung
        haben|hast sie|du ?aktuell ?eine|einen ?korperliche|chronische|psychische krankheit*|erkrankung*|vorerkrankung*
        haben|hast sie|du ?korperliche|gesundheitliche|psychische einschrankung*
        leiden|leidest sie|du ?an|unter ?einer|chronischen|psychischen ?psychischen|chronischen krankheit*|erkrankung*|depression*
        sind|bist|waren|warst sie|du ?oft|haufig|chronisch|korperlich schwerbehindert|behindert|krank|gesund|eingeschrankt
        ihr|ihren|dein|deinen gesundheitszustand
        ihre|deine ?korperliche|psychische gesundheit|behinderung|krankheit|krankheiten|erkrankung|krankengeschichte
        wie oft waren|sind|warst|bist sie|du ... krank*
        wie viele krankheitstage|krankentage|fehltage
        nehmen|nimmst sie|du ?regelmassig|derzeit medikamente|drogen
        rauchen|rauchst sie|du

        tiene|tienes|padece|padeces|sufre|sufres ?usted ?de ?alguna|una discapacidad*|enfermedad*|minusvalia*
        tiene|tienes ?usted ?algun problema|problemas de salud
        esta|estas|es|eres ?usted enfermo|enferma|sano|sana|discapacitado|discapacitada
        su|tu ?estado ?de salud|discapacidad|enfermedad
        toma|tomas ?usted ?algun|alguna medicamento|medicamentos|medicacion
        cuantos dias|veces ... enfermo|enferma|baja
        fuma|fumas ?usted
        """)

    static let sexualOrientation = Phrase.lines(
        """
        your sexual orientation|preference*|identity
        your gender identity
        are you ?openly gay|lesbian|homosexual|heterosexual|bisexual|transgender|trans|queer
        are you straight .

        ihre|deine ?sexuelle|geschlechtliche sexualitat|orientierung|geschlechtsidentitat|neigung|neigungen
        sind|bist sie|du schwul|lesbisch|homosexuell|heterosexuell|bisexuell|trans|transgender|queer

        su|tu orientacion|preferencia|identidad sexual
        su|tu identidad de genero
        es|eres ?usted gay|lesbiana|homosexual|heterosexual|bisexual|transexual|trans|queer
        """)

    static let membership = Phrase.lines(
        """
        are|were you ?now|currently|ever ?a|an ?active member|part of|in ?a|an|any|the ?trade|labor|labour|political union|party
        have you ?ever been ?a|an ?active ?member|part of|in ?a|any|the ?trade|labor|labour|political union|party
        are|were you ?currently in ?a|the ?trade|labor|labour union
        are you ?a ?union member|unionist .
        your union|party membership
        you ?ever ?want|plan ?to belong|belonged|join|joined ?to ?a|any|the ?trade|labor|labour|political union|party
        which|what political party
        which|what party do|did|would you vote|support|belong|prefer
        who|whom do|did|would|will you vote
        your political view*|opinion*|belief*|affiliation*|party

        sind|bist|waren|warst sie|du ... gewerkschaft|gewerkschaftsmitglied|partei|parteimitglied
        gehoren|gehorst sie|du ... gewerkschaft|partei
        ihre|deine gewerkschaft|gewerkschaftszugehorigkeit|parteizugehorigkeit|partei
        ihre|deine politische|politischen ansicht*|meinung*|einstellung*|uberzeugung*|gesinnung|haltung
        wen wahlen|wahlst sie|du
        welche|welcher partei ... sie|du

        afiliado|afiliada|miembro|pertenece|perteneces|militante ?usted a|de|en ?un|algun|el sindicato|partido
        por quien vota|votas|voto|votaste|votaria|votarias
        a|por|que partido vota|votas|voto|votaste
        su|sus|tu|tus ideas|opiniones|opinion|ideologia|afiliacion|creencias politica*|sindical
        """)

    static let criminalRecord = Phrase.lines(
        """
        have|were you ?ever ?been ?ever arrested|convicted|imprisoned|jailed
        charged with a|any crime|felony|offence|offense
        have you ?ever been ?to|in prison|jail
        do|did you have ?a|any criminal|police record*|conviction*|history
        do you have ?any convictions
        your criminal|police record*|history|past
        have you ?ever committed a|any crime*|felony|offence*|offense*

        sind|bist sie|du ?schon|jemals|bereits ?einmal|mal vorbestraft|straffallig|verurteilt|verhaftet
        wurden|wurdest sie|du ?schon|jemals|je|bereits ?einmal|mal verurteilt|verhaftet|festgenommen|angeklagt
        haben|hast sie|du ?eine|irgendwelche vorstrafe|vorstrafen
        waren|warst sie|du ?schon|jemals|je ?einmal|mal im gefangnis
        ihr|ihre|dein|deine vorstrafen|strafregister|vorstrafenregister

        antecedentes penales|policiales|criminales
        ha|has ?usted sido ?alguna ?vez detenido|detenida|arrestado|arrestada|condenado|condenada|procesado|procesada
        ha|has ?usted estado ?alguna ?vez en ?la prision|carcel
        le|te han ?alguna ?vez detenido|arrestado|condenado
        """)
}
