"""What people in different trades are called, do and know: titles, sentences with a place for a skill ({s}), and
skills, in English, German and Spanish."""

TRADES = {
    "software": {
        "titles": {
            "en": ["Software Engineer", "Senior Software Engineer", "Backend Developer", "Full Stack Developer", "Engineering Manager",
                   "DevOps Engineer", "Junior Developer", "Staff Engineer", "Frontend Developer", "Software Engineering Intern",
                   "Head of Platform", "QA Analyst", "Site Reliability Engineer", "CTO", "Tech Lead"],
            "de": ["Softwareentwickler", "Senior Softwareentwicklerin", "Werkstudent Softwareentwicklung", "IT-Systemadministrator",
                   "Anwendungsentwickler", "Teamleiter Entwicklung", "DevOps Engineer", "Praktikant IT", "Softwarearchitektin"],
            "es": ["Desarrollador Backend", "Ingeniera de Software", "Analista Programador", "Jefe de Desarrollo",
                   "Desarrolladora Full Stack", "Becario de Informática", "Arquitecto de Software", "Administrador de Sistemas"]},
        "skills": ["Python", "Java", "C++", "C#", "Go", "Rust", "TypeScript", "JavaScript", "React", "Node.js", "Docker", "Kubernetes",
                   "PostgreSQL", "AWS", "Git", "Linux", "GraphQL", "Redis", "Kafka", "Terraform", ".NET", "Ruby on Rails", "Swift", "C",
                   "Jenkins", "Django", "Spring Boot", "MongoDB", "REST APIs", "CI/CD", "Azure", "Elixir", "Vue.js", "gRPC"],
        "lines": {
            "en": ["Built services in {s} that handle {n} requests a second", "Moved {n} legacy jobs to {s} without downtime",
                   "Cut the time of a release from {n} hours to {m} minutes with {s}", "Mentored {m} engineers and led weekly reviews",
                   "Designed the payment API used by {n} shops", "Reduced incidents by {p}% through better tests"],
            "de": ["Entwicklung von Diensten mit {s} für {n} Nutzer", "Einführung von {s} in {m} Teams",
                   "Senkung der Antwortzeit um {p} %", "Leitung eines Teams von {m} Personen"],
            "es": ["Desarrollo de servicios con {s} para {n} usuarios", "Migración de {n} procesos a {s}",
                   "Reducción de incidencias en un {p} %", "Coordinación de un equipo de {m} personas"]}},
    "data": {
        "titles": {
            "en": ["Data Scientist", "Data Analyst", "Senior Data Engineer", "Machine Learning Engineer", "Business Intelligence Analyst",
                   "Research Assistant", "Lead Data Scientist", "Statistician", "Analytics Consultant"],
            "de": ["Datenanalyst", "Data Scientist", "BI-Entwicklerin", "Wissenschaftlicher Mitarbeiter", "Referentin Statistik"],
            "es": ["Analista de Datos", "Científica de Datos", "Ingeniero de Datos", "Consultora BI", "Investigador"]},
        "skills": ["Python", "R", "SQL", "Pandas", "TensorFlow", "Tableau", "Power BI", "Spark", "Airflow", "Snowflake", "dbt", "Excel",
                   "scikit-learn", "PyTorch", "BigQuery", "A/B testing", "Machine Learning", "SAS", "SPSS", "Looker", "NumPy", "Hadoop"],
        "lines": {
            "en": ["Trained models in {s} that forecast demand within {p}%", "Replaced {n} spreadsheets with dashboards in {s}",
                   "Ran {m} experiments a quarter and presented the results", "Cleaned and joined data of {n} customers"],
            "de": ["Aufbau von Berichten mit {s} für {m} Abteilungen", "Prognosemodelle in {s} mit {p} % weniger Fehlern",
                   "Auswertung der Daten von {n} Kunden"],
            "es": ["Creación de informes en {s} para {m} departamentos", "Modelos predictivos con {s} y un {p} % menos de error",
                   "Análisis de datos de {n} clientes"]}},
    "finance": {
        "titles": {
            "en": ["Accountant", "Financial Analyst", "Senior Auditor", "Finance Manager", "Bookkeeper", "Tax Associate", "Controller",
                   "Investment Analyst", "Accounts Payable Clerk", "Vice President, Risk"],
            "de": ["Buchhalterin", "Controller", "Steuerfachangestellte", "Finanzanalyst", "Leiter Rechnungswesen", "Bilanzbuchhalter"],
            "es": ["Contable", "Analista Financiero", "Auditora Senior", "Responsable de Tesorería", "Director Financiero",
                   "Auxiliar Administrativo"]},
        "skills": ["Excel", "SAP", "QuickBooks", "Financial Modeling", "IFRS", "GAAP", "Budgeting", "Forecasting", "DATEV", "Oracle",
                   "VBA", "Power BI", "Payroll", "Xero", "Auditing", "Accounts Receivable", "Tax Preparation", "SQL"],
        "lines": {
            "en": ["Closed the books of {m} entities each month in {s}", "Found savings of {p}% in travel costs",
                   "Prepared {n} returns a year", "Rebuilt the budget model in {s}"],
            "de": ["Monatsabschlüsse für {m} Gesellschaften mit {s}", "Einsparung von {p} % der Reisekosten",
                   "Betreuung von {n} Mandanten"],
            "es": ["Cierre mensual de {m} sociedades con {s}", "Ahorro del {p} % en costes de viaje", "Gestión de {n} facturas al mes"]}},
    "marketing": {
        "titles": {
            "en": ["Marketing Manager", "Content Writer", "SEO Specialist", "Brand Director", "Social Media Coordinator",
                   "Growth Marketing Lead", "Copywriter", "Communications Officer", "PR Executive"],
            "de": ["Marketingreferentin", "Online-Marketing-Manager", "Redakteur", "Leiterin Kommunikation", "Trainee Marketing"],
            "es": ["Responsable de Marketing", "Redactora de Contenidos", "Especialista SEO", "Community Manager",
                   "Directora de Comunicación"]},
        "skills": ["SEO", "Google Analytics", "HubSpot", "Content Marketing", "Copywriting", "Email Marketing", "Photoshop", "Canva",
                   "WordPress", "Google Ads", "Market Research", "Salesforce", "Mailchimp", "Figma", "InDesign", "CRM"],
        "lines": {
            "en": ["Grew organic traffic by {p}% in {m} months", "Ran campaigns in {s} with a budget of {n} thousand",
                   "Wrote {n} articles and a house style guide", "Launched the newsletter, read by {n} people"],
            "de": ["Steigerung der Besucherzahlen um {p} %", "Kampagnen mit {s} und {n} Empfängern", "Pflege von {m} Webseiten"],
            "es": ["Aumento del tráfico en un {p} %", "Campañas con {s} para {n} suscriptores", "Redacción de {n} artículos"]}},
    "care": {
        "titles": {
            "en": ["Registered Nurse", "Care Assistant", "Ward Manager", "Physiotherapist", "Staff Nurse", "Pharmacy Technician",
                   "Medical Receptionist", "Clinical Nurse Specialist", "Paramedic"],
            "de": ["Gesundheits- und Krankenpflegerin", "Stationsleitung", "Altenpfleger", "Medizinische Fachangestellte",
                   "Physiotherapeut"],
            "es": ["Enfermera", "Auxiliar de Enfermería", "Fisioterapeuta", "Supervisora de Planta", "Técnico de Farmacia"]},
        "skills": ["Patient Care", "Triage", "Wound Care", "Phlebotomy", "Electronic Health Records", "Infection Control",
                   "Medication Administration", "CPR", "Care Planning", "Epic"],
        "lines": {
            "en": ["Looked after up to {m} patients a shift on a surgical ward", "Taught {s} to {m} new colleagues",
                   "Cut waiting times by {p}%", "Handled {n} admissions a year"],
            "de": ["Versorgung von bis zu {m} Patienten je Schicht", "Anleitung von {m} Auszubildenden",
                   "Verkürzung der Wartezeit um {p} %"],
            "es": ["Atención de hasta {m} pacientes por turno", "Formación de {m} compañeros nuevos",
                   "Reducción de esperas en un {p} %"]}},
    "logistics": {
        "titles": {
            "en": ["Warehouse Supervisor", "Logistics Coordinator", "Supply Chain Manager", "Forklift Operator", "Dispatcher",
                   "Procurement Specialist", "Operations Manager", "Delivery Driver", "Inventory Planner"],
            "de": ["Lagerist", "Fachkraft für Lagerlogistik", "Disponentin", "Leiter Einkauf", "Schichtleiter", "Berufskraftfahrer"],
            "es": ["Mozo de Almacén", "Coordinadora de Logística", "Jefe de Almacén", "Responsable de Compras", "Conductor"]},
        "skills": ["SAP", "Inventory Management", "Forklift Operation", "Excel", "Procurement", "Supply Chain Management", "Lean",
                   "Six Sigma", "Warehouse Management", "Route Planning", "ERP", "Kanban", "Vendor Management"],
        "lines": {
            "en": ["Kept stock accuracy above {p}% with {s}", "Planned {n} deliveries a week", "Led a shift of {m} people",
                   "Negotiated rates with {m} carriers"],
            "de": ["Kommissionierung von {n} Sendungen am Tag", "Bestandsführung in {s}", "Führung einer Schicht von {m} Personen"],
            "es": ["Preparación de {n} pedidos al día", "Control de existencias con {s}", "Coordinación de {m} transportistas"]}},
    "people": {
        "titles": {
            "en": ["HR Generalist", "Recruiter", "Talent Acquisition Partner", "Project Manager", "Product Manager", "Scrum Master",
                   "Office Manager", "Executive Assistant", "Customer Success Manager", "Business Analyst", "Program Director"],
            "de": ["Personalreferentin", "Projektleiter", "Product Owner", "Assistentin der Geschäftsführung", "Kundenberater",
                   "Recruiterin"],
            "es": ["Técnica de Selección", "Jefa de Proyecto", "Product Owner", "Asistente de Dirección", "Gestor de Cuentas",
                   "Responsable de Recursos Humanos"]},
        "skills": ["Project Management", "Agile", "Scrum", "Jira", "Confluence", "Recruiting", "Onboarding", "Excel", "PowerPoint",
                   "Workday", "Risk Management", "Asana", "Microsoft Office", "Salesforce", "Change Management", "MS Project", "Trello"],
        "lines": {
            "en": ["Hired {n} people in {m} countries", "Delivered {m} projects on time using {s}", "Introduced {s} across {m} teams",
                   "Raised retention by {p}%"],
            "de": ["Besetzung von {n} Stellen in {m} Ländern", "Steuerung von {m} Projekten mit {s}", "Senkung der Fluktuation um {p} %"],
            "es": ["Selección de {n} personas en {m} países", "Entrega de {m} proyectos con {s}", "Mejora de la retención en un {p} %"]}},
    "making": {
        "titles": {
            "en": ["Mechanical Engineer", "Electrician", "CNC Machinist", "Graphic Designer", "UX Designer", "Architect", "Site Foreman",
                   "Chef de Partie", "Sales Associate", "Store Manager", "Maintenance Technician", "Primary School Teacher",
                   "Bartender", "Account Executive"],
            "de": ["Konstrukteur", "Elektroniker", "Mediengestalterin", "Bauleiter", "Filialleiterin", "Koch", "Lehrerin",
                   "Vertriebsmitarbeiter", "Industriemechaniker"],
            "es": ["Ingeniero Mecánico", "Electricista", "Diseñadora Gráfica", "Arquitecta", "Encargado de Tienda", "Cocinero",
                   "Profesora", "Comercial", "Técnico de Mantenimiento"]},
        "skills": ["AutoCAD", "SolidWorks", "MATLAB", "Figma", "Photoshop", "Illustrator", "CNC", "Welding", "Quality Control",
                   "Lean Manufacturing", "CAD", "Sketch", "Merchandising", "POS Systems", "Food Safety", "Revit", "PLC Programming"],
        "lines": {
            "en": ["Drew parts in {s} for {m} product lines", "Cut scrap by {p}%", "Trained {m} apprentices",
                   "Served {n} customers a week", "Beat the yearly target by {p}%"],
            "de": ["Konstruktion mit {s} für {m} Baureihen", "Senkung des Ausschusses um {p} %", "Betreuung von {n} Kunden"],
            "es": ["Diseño con {s} para {m} líneas de producto", "Reducción de mermas en un {p} %", "Atención a {n} clientes"]}},
}

# What makes some of the sentences longer than a line.
ENDINGS = {
    "en": ["while keeping to the budget and the plan that had been agreed with the client at the start of the year",
           "together with colleagues from three other departments, and wrote down how it is done", "across all sites"],
    "de": ["in enger Abstimmung mit den Fachabteilungen und unter Einhaltung aller Fristen und des vereinbarten Budgets",
           "gemeinsam mit Kolleginnen und Kollegen aus drei weiteren Abteilungen", "an allen Standorten"],
    "es": ["junto con compañeros de otros tres departamentos y sin salir del presupuesto que se había acordado al principio",
           "en todos los centros", "respetando los plazos y la calidad que pedía el cliente"],
}

SUMMARIES = {
    "en": ["{t} with {m} years behind me, at home where careful work meets tight deadlines and people who care.",
           "Dependable and curious, I like to leave things better than I found them and to explain them plainly.",
           "Looking for a place where I can use what I learned as {t} and take on more responsibility over time."],
    "de": ["Engagierte Fachkraft mit Freude an sorgfältiger Arbeit, klaren Absprachen und neuen Aufgaben im Team.",
           "Ich arbeite gern dort, wo Genauigkeit zählt, und bringe mehrere Jahre Erfahrung aus der Praxis mit."],
    "es": ["Profesional con varios años de práctica, ganas de aprender y gusto por el trabajo bien hecho en equipo.",
           "Busco un puesto en el que aplicar lo aprendido y asumir nuevas responsabilidades con el tiempo."],
}
INTERESTS = {"en": "Rowing, baking, chess and long walks", "de": "Rudern, Backen, Schach und Wandern",
             "es": "Remo, repostería, ajedrez y senderismo"}
REFERENCES = {"en": "Available on request", "de": "Auf Anfrage", "es": "Disponibles a petición"}
