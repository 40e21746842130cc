/// The skills that are known by name: one a line, other spellings after bars, in no order that matters.
/// `!` marks names that are also everyday words: outside a list of skills they count only beside others.
enum SkillWords {
    static let technical = """
        Python|Python 3
        Java!
        JavaScript|JS|ECMAScript
        TypeScript
        C!
        C++
        C#|CSharp
        Objective-C
        Go!|Golang
        Rust!
        Swift!
        SwiftUI
        Kotlin
        Scala
        Ruby!
        Ruby on Rails|Rails
        PHP
        Perl
        R!
        MATLAB
        Julia!
        Haskell
        Erlang
        Elixir!
        Clojure
        F#
        Visual Basic|VB.NET
        VBA
        Dart!
        Lua!
        Groovy!
        COBOL
        Fortran
        Assembly!
        Bash
        PowerShell
        Shell scripting
        HTML|HTML5
        CSS|CSS3
        Sass
        SQL
        T-SQL
        PL/SQL
        NoSQL
        GraphQL
        REST|REST APIs|RESTful APIs
        SOAP!
        gRPC
        React!|React.js|ReactJS
        React Native
        Redux
        Next.js
        Angular|AngularJS
        Vue.js|Vue|VueJS
        Svelte
        Node.js|NodeJS|Node
        Express!|Express.js
        jQuery
        Bootstrap!
        Tailwind CSS|Tailwind
        Django
        Flask!
        FastAPI
        Spring!
        Spring Boot
        Hibernate!
        .NET|.NET Core|ASP.NET|dotnet
        Laravel
        Symfony
        WordPress
        Drupal
        Magento
        Shopify
        Flutter!
        Android
        iOS
        Xamarin
        Unity!
        Unreal Engine
        OpenGL
        Docker
        Kubernetes|K8s
        Helm!
        OpenShift
        Terraform
        Ansible
        Puppet!
        Chef!
        Vagrant
        Jenkins
        GitLab CI|GitLab
        GitHub Actions
        GitHub
        CircleCI
        CI/CD|Continuous Integration|Continuous Delivery
        Git
        Subversion|SVN
        Mercurial
        Linux
        Unix
        Ubuntu
        Windows Server
        macOS
        VMware
        Hyper-V
        AWS|Amazon Web Services
        EC2
        S3!
        Lambda!
        Azure|Microsoft Azure
        GCP|Google Cloud|Google Cloud Platform
        Heroku
        Cloudflare
        Nginx
        Apache!
        Tomcat
        RabbitMQ
        Kafka|Apache Kafka
        Redis
        Memcached
        Elasticsearch
        Kibana
        Logstash
        Grafana
        Prometheus!
        Datadog
        Splunk
        New Relic
        PostgreSQL|Postgres
        MySQL
        MariaDB
        SQLite
        MongoDB
        Cassandra
        DynamoDB
        Neo4j
        Oracle!|Oracle Database
        SQL Server|Microsoft SQL Server|MS SQL
        DB2
        Snowflake!
        BigQuery
        Redshift
        Databricks
        Hadoop
        Spark!|Apache Spark|PySpark
        Hive!
        Airflow|Apache Airflow
        dbt
        ETL
        Data Warehousing
        Data Modeling|Data Modelling
        Data Analysis|Data Analytics|Datenanalyse|Análisis de datos
        Data Visualization|Data Visualisation
        Data Mining
        Big Data
        Machine Learning|Maschinelles Lernen|Aprendizaje automático
        Deep Learning
        Natural Language Processing|NLP
        Computer Vision
        Artificial Intelligence
        Statistics!|Statistik
        A/B testing
        TensorFlow
        PyTorch
        Keras
        scikit-learn|sklearn
        Pandas!
        NumPy
        SciPy
        Matplotlib
        Jupyter
        OpenCV
        SAS
        SPSS
        Stata
        Tableau
        Power BI|PowerBI
        Looker!
        Qlik|QlikView|Qlik Sense
        Excel!|Microsoft Excel|MS Excel
        Word!|Microsoft Word|MS Word
        PowerPoint|Microsoft PowerPoint
        Outlook!
        Access!|MS Access
        Microsoft Office|MS Office|Office 365|Microsoft 365
        Google Workspace|G Suite
        Google Sheets
        SharePoint
        Microsoft Teams
        Slack!
        Zoom!
        Notion!
        Trello
        Asana
        Monday.com
        Jira
        Confluence!
        MS Project|Microsoft Project
        Visio
        Scrum
        Kanban
        Agile!|Agile Methodologies|Agile Methoden|Metodologías ágiles
        SAFe
        Waterfall!
        Lean!
        Lean Manufacturing
        Six Sigma
        Kaizen
        5S
        ITIL
        PRINCE2
        Project Management|Projektmanagement|Gestión de proyectos
        Product Management|Produktmanagement
        Program Management
        Change Management
        Risk Management|Risikomanagement|Gestión de riesgos
        Quality Management|Qualitätsmanagement
        Quality Control|Control de calidad
        Quality Assurance|QA
        Requirements Engineering
        Business Analysis
        Business Intelligence
        Process Improvement
        Software Testing
        Test Automation
        Selenium
        Cypress!
        JUnit
        Playwright
        Postman
        Microservices|Microservicios
        Distributed Systems
        Design Patterns
        Object-Oriented Programming|OOP
        Functional Programming
        Embedded Systems
        FPGA
        VHDL
        PLC Programming|PLC|SPS
        SCADA
        Robotics!
        IoT
        Networking!
        TCP/IP
        Cisco
        Firewalls
        Cybersecurity|Information Security|IT-Sicherheit
        Penetration Testing
        SIEM
        Active Directory
        OAuth
        DevOps
        Site Reliability Engineering
        Blockchain
        Solidity
        Photoshop|Adobe Photoshop
        Illustrator!|Adobe Illustrator
        InDesign|Adobe InDesign
        After Effects
        Premiere Pro|Adobe Premiere
        Lightroom
        Adobe Creative Suite|Adobe Creative Cloud
        Figma
        Sketch!|Sketch App
        Adobe XD
        InVision
        Canva
        Blender!
        Cinema 4D
        Maya!
        UX Design|User Experience
        UI Design
        Wireframing
        Prototyping
        User Research
        Typography
        Graphic Design
        Video Editing
        Photography!
        AutoCAD
        SolidWorks
        CATIA
        Inventor!
        Revit
        SketchUp
        Rhino!
        ArchiCAD
        BIM
        CAD
        CNC|CNC Machining
        FEM|Finite Element Analysis
        ANSYS
        LabVIEW
        Simulink
        3D Printing
        Welding!|Schweißen|Soldadura
        Soldering
        Hydraulics
        Pneumatics
        HVAC
        Electrical Installation|Elektroinstallation
        Preventive Maintenance
        SEO|Search Engine Optimization
        SEM
        Google Analytics
        Google Ads|AdWords
        Facebook Ads|Meta Ads
        Email Marketing
        Content Marketing
        Social Media Marketing|Social Media Management
        Affiliate Marketing
        Marketing Automation
        HubSpot
        Marketo
        Mailchimp
        Salesforce
        CRM
        Zendesk
        Copywriting
        Content Creation
        Market Research|Marktforschung
        Brand Management
        Public Relations
        Event Management
        Budgeting!
        Forecasting!
        Financial Modeling|Financial Modelling
        Financial Analysis
        Financial Reporting
        Accounting|Buchhaltung|Contabilidad
        Bookkeeping
        Accounts Payable
        Accounts Receivable
        Payroll|Lohnabrechnung|Nóminas
        Tax Preparation
        Auditing!
        IFRS
        GAAP|US GAAP
        HGB
        QuickBooks
        Xero
        Sage!
        DATEV
        SAP|SAP ERP|SAP R/3
        SAP FI/CO|SAP FI
        SAP MM
        SAP HANA
        SAP S/4HANA
        Microsoft Dynamics
        NetSuite
        Workday!
        ERP
        Bloomberg Terminal
        Valuation!
        Due Diligence
        Controlling!
        Compliance!
        Procurement!|Einkauf|Compras
        Supply Chain Management
        Inventory Management|Gestión de inventarios
        Warehouse Management|Lagerverwaltung
        Vendor Management
        Route Planning
        Forklift Operation|Forklift
        Import/Export
        Customs!
        Merchandising
        POS Systems
        Cash Handling
        Food Safety
        HACCP
        Menu Planning
        Inventory Control
        Sales Forecasting
        Lead Generation
        Account Management
        Business Development
        Cold Calling
        Recruiting|Recruitment|Personalbeschaffung
        Talent Acquisition
        Onboarding
        Performance Management
        Employee Relations
        HRIS
        Patient Care
        Triage
        Wound Care
        Phlebotomy
        CPR
        First Aid|Erste Hilfe|Primeros auxilios
        Infection Control
        Medication Administration
        Care Planning
        Electronic Health Records|EHR|EMR
        Epic!
        Vital Signs
        Clinical Trials
        Lesson Planning
        Curriculum Development
        Classroom Management
        E-Learning
        Moodle
        Translation!
        Technical Writing
        Proofreading
        LaTeX
        Legal Research
        Contract Management
        GDPR|DSGVO
        GIS|ArcGIS|QGIS
        Laboratory Techniques
        PCR
        HPLC
        Cell Culture
        GMP
        """

    static let soft = """
        Leadership|Team Leadership|Führungserfahrung|Führungskompetenz|Führungsstärke|Liderazgo
        Communication|Communication Skills|Kommunikation|Kommunikationsstärke|Kommunikationsfähigkeit|Comunicación
        Teamwork|Team player|Teamfähigkeit|Teamarbeit|Trabajo en equipo
        Problem solving|Problem-solving|Problemlösung|Problemlösungskompetenz|Resolución de problemas
        Time management|Zeitmanagement|Gestión del tiempo
        Organization|Organisation|Organizational Skills|Organisationstalent|Organisationsfähigkeit|Organización
        Adaptability|Anpassungsfähigkeit|Adaptabilidad
        Flexibility|Flexibilität|Flexibilidad
        Creativity|Kreativität|Creatividad
        Critical thinking|Kritisches Denken|Pensamiento crítico
        Analytical thinking|Analytical Skills|Analytisches Denken|Pensamiento analítico|Capacidad analítica
        Strategic thinking|Strategisches Denken|Pensamiento estratégico
        Decision making|Decision-making|Entscheidungsfähigkeit|Toma de decisiones
        Negotiation|Negotiation Skills|Verhandlungsgeschick|Verhandlung|Negociación
        Conflict resolution|Conflict Management|Konfliktlösung|Konfliktfähigkeit|Resolución de conflictos
        Collaboration|Zusammenarbeit|Colaboración
        Mentoring|Mentoría
        Coaching
        Empathy|Empathie|Einfühlungsvermögen|Empatía
        Emotional intelligence|Emotionale Intelligenz|Inteligencia emocional
        Interpersonal skills
        Active listening|Aktives Zuhören|Escucha activa
        Public speaking|Presentation Skills|Präsentation|Presentations|Oratoria|Hablar en público
        Attention to detail|Detail-oriented|Sorgfalt|Genauigkeit|Atención al detalle
        Work ethic|Arbeitsmoral
        Reliability|Zuverlässigkeit|Responsabilidad|Verantwortungsbewusstsein
        Initiative|Self-motivation|Eigeninitiative|Iniciativa|Proactividad
        Resilience|Belastbarkeit|Stressresistenz|Resiliencia
        Patience|Geduld|Paciencia
        Self-management|Selbstständigkeit|Autonomía
        Multitasking
        Delegation|Delegieren
        Motivation|Motivación
        Persuasion|Überzeugungskraft
        Customer service|Customer Focus|Kundenorientierung|Kundenservice|Orientación al cliente|Atención al cliente|Servicio al cliente
        Stakeholder management
        People management|Team Management|Personalführung|Mitarbeiterführung|Gestión de equipos
        Cultural awareness|Intercultural Competence|Interkulturelle Kompetenz
        Learning agility|Lernbereitschaft|Willingness to learn|Ganas de aprender
        Planning|Planning Skills|Planificación
        Punctuality|Pünktlichkeit|Puntualidad
        Integrity|Integrität
        Accountability
        Facilitation|Moderation
        Relationship building|Networking Skills
        Diplomacy
        """
}
