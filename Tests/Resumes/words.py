"""The words that synthetic resumes are made of, in English, German and Spanish. People, companies and
schools are put together from parts, so that none is meant."""

FIRST_NAMES = {
    "en": """Amelia Beatrice Callum Darius Eleanor Felicity Gareth Harriet Imogen Jasper Keira Lachlan Maeve Nathaniel
        Ophelia Preston Quentin Rosalind Silas Theodora Ulric Verity Winston Zachary Priya Arjun Mei Kwame Ngozi Tunde
        Siobhán Niamh Aroha Kiri Jin-Woo Haruka Linh Thandiwe Olumide Svetlana Piotr Agnieszka Søren Zoë""",
    "de": """Annika Benedikt Clara Dietmar Elke Friedrich Gesine Henning Ines Jörg Katharina Lothar Maren Norbert Ottilie
        Philipp Renate Sönke Thekla Ulrike Volker Wiebke Götz Käthe Ayşe Emre Dragana Mateusz Anna-Lena Hans-Peter""",
    "es": """Alejandra Bernardo Carmen Diego Estefanía Federico Graciela Hernán Inés Joaquín Lucía Mateo Noelia Óscar
        Paloma Ramiro Soledad Tomás Úrsula Vicente Ximena Yolanda Íñigo Nuria José-Luis María-José""",
}
LAST_NAMES = {
    "en": """Ashworth Blackwood Carrington Devereux Ellingham Fairbanks Greenhalgh Hollingsworth Iverson Kingsley
        Lockhart Montgomery Northcott O'Sullivan Pemberton Quigley Rutherford Somerville Thackeray Underhill Vance
        Whitfield Yardley McAllister Nakamura Patel Okafor Nguyen Kowalski Petrov Adeyemi Chatterjee Andersson
        D'Souza Smith-Rhodes Fitzgerald de Klerk van der Merwe Lee Wu""",
    "de": """Ackermann Bergmann Cordes Dittmar Eichhorn Falkenhagen Grünwald Hübner Immel Jäger Kühn Lindenau Müllerschön
        Nachtweih Oberländer Pfeiffer Quast Rosenbaum Schäfer Thiele Uhlmann Vogelsang Weiß Zöllner Öztürk Yılmaz
        Nowak Petrović von Hagenow Meyer-Landrut Groß""",
    "es": """Aranda Benavides Castellanos Domínguez Echeverría Figueroa Gallardo Herrera Ibáñez Jiménez Larrañaga
        Montoya Navarrete Ordóñez Peñalver Quintero Rivas Sepúlveda Tejada Urrutia Villanueva Zambrano Muñoz
        Núñez Güell de la Fuente""",
}
# Names of several words stand in the lists above one word at a time; these are kept whole.
WHOLE_LAST_NAMES = {"en": ["de Klerk", "van der Merwe"], "de": ["von Hagenow"], "es": ["de la Fuente"]}

RTL_NAMES = {
    "ar": [("Layla", "ليلى"), ("Omar", "عمر"), ("Hana", "هناء"), ("Yusuf", "يوسف"), ("Samira", "سميرة"), ("Tariq", "طارق"),
           ("Nadia", "نادية"), ("Karim", "كريم")],
    "he": [("Noa", "נועה"), ("Eitan", "איתן"), ("Tamar", "תמר"), ("Yonatan", "יונתן"), ("Shira", "שירה"), ("Amit", "עמית")],
}
RTL_LAST_NAMES = {
    "ar": [("Haddad", "حداد"), ("Khoury", "خوري"), ("Mansour", "منصور"), ("Sabbagh", "صباغ"), ("Darwish", "درويش"),
           ("Najjar", "نجار")],
    "he": [("Levinson", "לוינסון"), ("Barzilai", "ברזילי"), ("Shalev", "שלו"), ("Peretz", "פרץ"), ("Gilboa", "גלבוע")],
}

CITIES = {
    "en": ["London, UK", "Manchester, United Kingdom", "Austin, TX", "Portland, OR", "Chicago, IL", "Boston, MA 02110",
           "Toronto, Canada", "Vancouver, BC", "Dublin, Ireland", "Sydney, Australia", "Wellington, New Zealand",
           "Bengaluru, India", "Cape Town, South Africa", "Singapore", "Lagos, Nigeria", "Denver, Colorado"],
    "de": ["Berlin", "10115 Berlin", "Hamburg, Deutschland", "80331 München", "Köln", "Wien, Österreich", "Zürich, Schweiz",
           "Leipzig", "Stuttgart, Deutschland", "50667 Köln", "Nürnberg", "Dresden"],
    "es": ["Madrid, España", "Barcelona", "28013 Madrid", "Valencia, España", "Sevilla", "Ciudad de México, México",
           "Bogotá, Colombia", "Buenos Aires, Argentina", "Lima, Perú", "Santiago, Chile", "Montevideo, Uruguay"],
}
STREETS = {
    "en": ["14 Orchard Lane", "221 Maple Street", "7 Harbour View", "1800 Cedar Ave, Apt 4B"],
    "de": ["Lindenstraße 12", "Am Mühlbach 3a", "Goethestr. 45", "Hauptstraße 101"],
    "es": ["Calle Olmo 23, 4º B", "Av. de los Pinos 180", "C/ Mayor 7", "Paseo del Río 55"],
}

COMPANY_HEADS = """Alderbrook Bluefin Cobalt Dunmore Everline Foxglove Granite Helix Ironwood Junipero Kestrel Lumen Marlow
    Northgate Opaline Pinecrest Quarry Redfern Silverbirch Thornbury Umbra Vantage Westmere Xylo Yarrow Zephyr Nordlicht
    Falkenburg Rheintal Altmark Brisa Sierra Cantábrica Solano Tramontana Meridian Orbis Tessera Corvid Amberline Delphi
    Mistral Kantor Hollis Vireo Astra Pelican""".split()
COMPANY_TAILS = {
    "en": ["Systems", "Analytics", "Logistics Ltd", "Inc.", "LLC", "Group", "Software", "Health", "Partners LLP", "Bank",
           "Technologies", "Consulting", "& Sons", "Robotics, Inc.", "Media", "Labs", "", "", "Foods plc", "Energy",
           "General Hospital", "Retail Group", "Insurance", "Works", "Studio", "Capital"],
    "de": ["GmbH", "AG", "Systeme GmbH", "GmbH & Co. KG", "Versicherung AG", "Maschinenbau GmbH", "Software SE", "Stadtwerke",
           "Klinikum", "", "Verlag", "Logistik KG", "Consulting GmbH", "Bank eG", "e.V."],
    "es": ["S.A.", "S.L.", "Sistemas S.L.", "Grupo", "Consultores", "Logística S.A.", "Seguros", "Energía S.A.", "",
           "Tecnología", "Soluciones S. de R.L.", "Hospital", "Banco", "Construcciones S.A.U."],
}
# Names without a word that gives a company away.
COMPANY_WHOLES = ["Brightwater", "Zentrale 9", "Pomelo", "Tidewater & Finch", "Kohlberg Reuter", "The Paper Crane", "Aurum",
                  "City of Eastmoor", "Ministry of Transport", "Oxbow", "Hallmark Dunes", "Wagner + Brandt", "NovaRx", "eVolta",
                  "21st Street Kitchen", "Data4Good", "Casa Lumbre", "Ayuntamiento de Valdemar", "Stadt Falkenberg", "QVR"]

SCHOOLS = {
    "en": ["University of Eastmoor", "Kestrel Institute of Technology", "Harrowgate College", "Northern Plains State University",
           "Lakeshore Community College", "St. Brannoc's University", "University of the Western Isles",
           "Fairholm School of Business", "Royal Academy of Applied Arts", "Indian Institute of Applied Science",
           "Thornfield Polytechnic", "City College of Larkspur", "Calder Business School", "UNT Westbrook"],
    "de": ["Universität Falkenberg", "Technische Universität Auental", "Hochschule für Technik Lindau", "TU Neustadt",
           "FH Rheinau", "Ludwig-Adler-Universität", "Fachhochschule Seeheim", "Duale Hochschule Talheim", "ETH Hohenfels",
           "Berufskolleg Westerholt", "Goethe-Gymnasium Altstadt", "Handelsakademie Traun"],
    "es": ["Universidad de Valdemar", "Universidad Politécnica del Sur", "Instituto Tecnológico de Montealto",
           "Universidad Nacional de Costabrava", "Escuela Superior de Comercio del Norte", "IES Río Claro",
           "Pontificia Universidad de San Telmo", "Facultad de Ciencias de Almenara", "Universitat de Montblanc",
           "ESIC Alborada"],
}
DEGREES = {
    "en": [("BSc", "{d} in {f}"), ("B.Sc.", "{d} {f}"), ("Bachelor of Science", "{d} in {f}"), ("Bachelor of Arts", "{d}, {f}"),
           ("BA", "{d} ({f})"), ("Master of Science", "{d} in {f}"), ("M.S.", "{d}, {f}"), ("MSc", "{d} {f}"), ("MBA", "{d}"),
           ("PhD", "{d} in {f}"), ("Associate of Applied Science", "{d} in {f}"), ("Bachelor of Engineering", "{d} ({f})"),
           ("B.A.", "{d}, {f}"), ("Diploma", "{d} in {f}"), ("Master of Arts", "{d} in {f}"), ("BEng", "{d} {f}"),
           ("Doctor of Philosophy", "{d}, {f}"), ("B.S.", "{d} in {f}")],
    "de": [("B.Sc.", "{d} {f}"), ("M.Sc.", "{d} {f}"), ("Bachelor of Arts", "{d} {f}"), ("Diplom", "{d} {f}"),
           ("Master of Science", "{d} in {f}"), ("Abitur", "{d}"), ("Ausbildung", "{d} {f}"), ("Magister", "{d} {f}"),
           ("Promotion", "{d} in {f}"), ("Staatsexamen", "{d} {f}"), ("Bachelor of Engineering", "{d}, {f}")],
    "es": [("Licenciatura", "{d} en {f}"), ("Grado", "{d} en {f}"), ("Máster", "{d} en {f}"), ("Ingeniería", "{d} en {f}"),
           ("Doctorado", "{d} en {f}"), ("Bachillerato", "{d}"), ("Técnico Superior", "{d} en {f}"), ("Maestría", "{d} en {f}"),
           ("Diplomatura", "{d} en {f}")],
}
STUDIES = {
    "en": ["Computer Science", "Economics", "Mechanical Engineering", "Nursing", "Marketing", "Psychology", "Statistics",
           "Business Administration", "Graphic Design", "Hospitality Management", "English Literature", "Data Science",
           "Civil Engineering", "Public Health", "International Relations", "Supply Chain Management"],
    "de": ["Informatik", "Betriebswirtschaftslehre", "Maschinenbau", "Pflegewissenschaft", "Wirtschaftsinformatik",
           "Psychologie", "Elektrotechnik", "Kommunikationsdesign", "Germanistik", "Volkswirtschaftslehre", "Logistik"],
    "es": ["Informática", "Administración de Empresas", "Economía", "Enfermería", "Psicología", "Marketing", "Derecho",
           "Sistemas", "Diseño Gráfico", "Relaciones Laborales", "Logística", "Ciencias de la Educación"],
}
APPRENTICESHIPS = ["Industriekauffrau", "Fachinformatiker", "Mechatroniker", "Bankkaufmann", "Krankenpflege"]

SPOKEN = {
    "en": (["English", "French", "Spanish", "German", "Mandarin", "Hindi", "Arabic", "Portuguese", "Polish", "Japanese",
            "Yoruba", "Italian", "Dutch"],
           ["native", "fluent", "B2", "C1", "conversational", "basic", "professional working proficiency"]),
    "de": (["Deutsch", "Englisch", "Französisch", "Spanisch", "Türkisch", "Polnisch", "Russisch", "Italienisch"],
           ["Muttersprache", "verhandlungssicher", "fließend", "B1", "C1", "Grundkenntnisse"]),
    "es": (["Español", "Inglés", "Francés", "Alemán", "Portugués", "Catalán", "Italiano"],
           ["nativo", "avanzado", "C1", "B2", "nivel intermedio", "básico"]),
}
CERTIFICATIONS = {
    "en": ["AWS Certified Solutions Architect", "PMP", "Certified ScrumMaster", "CPA", "Google Analytics Certification",
           "Registered Nurse License", "Six Sigma Green Belt", "CISSP", "Certified Kubernetes Administrator",
           "SHRM Certified Professional", "Basic Life Support", "PRINCE2 Practitioner", "First Aid at Work"],
    "de": ["Ausbildereignungsprüfung (AEVO)", "ITIL Foundation", "Professional Scrum Master I", "PRINCE2 Foundation",
           "Staplerschein", "Geprüfter Bilanzbuchhalter", "ISTQB Certified Tester", "Ersthelfer"],
    "es": ["Certificado de Profesionalidad", "ITIL Foundation", "Scrum Master certificado", "AWS Certified Developer",
           "Carné de carretillero", "PMP", "Auditor interno ISO 9001", "Primeros auxilios"],
}
SOFT_SKILLS = {
    "en": ["Leadership", "Communication", "Teamwork", "Problem solving", "Time management", "Mentoring", "Negotiation",
           "Adaptability", "Critical thinking", "Stakeholder management", "Conflict resolution", "Attention to detail",
           "Public speaking", "Empathy", "Collaboration", "Creativity"],
    "de": ["Teamfähigkeit", "Kommunikationsstärke", "Belastbarkeit", "Führungserfahrung", "Organisationstalent",
           "Verhandlungsgeschick", "Eigeninitiative", "Zuverlässigkeit", "Analytisches Denken", "Kundenorientierung"],
    "es": ["Trabajo en equipo", "Liderazgo", "Comunicación", "Resolución de problemas", "Gestión del tiempo", "Adaptabilidad",
           "Negociación", "Creatividad", "Orientación al cliente", "Empatía"],
}

HEADINGS = {
    "en": {
        "summary": ["Summary", "Profile", "About me", "Professional Summary", "Objective", "Personal statement", "Career Profile"],
        "experience": ["Experience", "Work Experience", "Employment History", "Professional Experience", "Career History",
                       "Work History", "Relevant experience", "Positions held"],
        "education": ["Education", "Education & Training", "Academic Background", "Qualifications", "Academic qualifications"],
        "skills": ["Skills", "Technical Skills", "Core Competencies", "Key Skills", "Skills & Tools", "Areas of expertise",
                   "Technologies"],
        "languages": ["Languages", "Language Skills", "Spoken languages"],
        "certifications": ["Certifications", "Licenses & Certifications", "Certificates", "Professional certifications"],
        "interests": ["Interests", "Hobbies & Interests"], "references": ["References"], "contact": ["Contact", "Contact details"],
    },
    "de": {
        "summary": ["Profil", "Kurzprofil", "Über mich", "Zusammenfassung"],
        "experience": ["Berufserfahrung", "Beruflicher Werdegang", "Berufspraxis", "Beruflicher Hintergrund", "Praxiserfahrung"],
        "education": ["Ausbildung", "Bildungsweg", "Studium und Ausbildung", "Akademische Ausbildung", "Schulbildung und Studium"],
        "skills": ["Kenntnisse", "Fähigkeiten", "IT-Kenntnisse", "Kompetenzen", "Fachkenntnisse", "Kenntnisse und Fähigkeiten"],
        "languages": ["Sprachen", "Sprachkenntnisse"],
        "certifications": ["Zertifikate", "Weiterbildungen", "Zertifizierungen", "Weiterbildung und Zertifikate"],
        "interests": ["Interessen", "Hobbys"], "references": ["Referenzen"],
        "contact": ["Kontakt", "Persönliche Daten", "Kontaktdaten"],
    },
    "es": {
        "summary": ["Perfil", "Resumen", "Sobre mí", "Perfil profesional", "Objetivo"],
        "experience": ["Experiencia", "Experiencia laboral", "Experiencia profesional", "Trayectoria profesional",
                       "Historial laboral"],
        "education": ["Educación", "Formación", "Formación académica", "Estudios"],
        "skills": ["Habilidades", "Competencias", "Conocimientos", "Aptitudes", "Conocimientos técnicos", "Herramientas"],
        "languages": ["Idiomas"],
        "certifications": ["Certificaciones", "Certificados", "Cursos y certificaciones"],
        "interests": ["Intereses", "Aficiones"], "references": ["Referencias"],
        "contact": ["Contacto", "Datos personales", "Datos de contacto"],
    },
}
