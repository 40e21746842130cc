/// What candidates are told before they choose, word for word. A receipt has the version and the
/// hash of the text it is for: with any change here ``version`` changes too, and with anything
/// that makes a sentence untrue (such as a speech engine on another company's servers) the text.
public enum ConsentText {
    public static let version = "2026-11-21"

    public static func text(_ purpose: ConsentPurpose, _ locale: ConsentLocale) -> String {
        switch locale {
        case .english: english(purpose)
        case .german: german(purpose)
        case .spanish: spanish(purpose)
        }
    }

    private static func english(_ purpose: ConsentPurpose) -> String {
        switch purpose {
        case .recording:
            """
            Your video answers are recorded with picture and sound. The people who fill this position at the \
            organisation that invited you watch them; nobody else does. They are kept until that organisation no longer \
            needs them for this position, or until you ask it to delete them. An answer on video is not possible \
            without this. If you do not want to be recorded, write to the person who invited you and ask for another way.
            """
        case .transcription:
            """
            AI speech recognition turns what you say into text, so that people can read along. It runs on this site's \
            own servers. It makes mistakes, so the text is never taken for your exact words. The people who watch your \
            answers see it, and it is kept as long as the recording. If you refuse, people simply watch your answers. \
            That has no disadvantage for you.
            """
        case .analysis:
            """
            AI looks through the words of your answers: it points out passages that fit the question and counts words \
            and pauses. It does not judge your face, your voice or your feelings, and it decides nothing: people score \
            your answers. The people who review your answers see its notes, which are kept as long as the answers. If \
            you refuse, people review your answers without it. That has no disadvantage for you.
            """
        case .monitoring:
            """
            While you answer, this page notes when you leave it or its full screen, paste text, open developer tools or \
            exceed the time, and when the camera shows no face or several, if your browser can tell. The people who \
            review your answers see the list, which is kept as long as the answers. Nothing is decided from it \
            automatically. If you refuse, nothing is noted. That has no disadvantage for you.
            """
        }
    }

    private static func german(_ purpose: ConsentPurpose) -> String {
        switch purpose {
        case .recording:
            """
            Ihre Videoantworten werden mit Bild und Ton aufgezeichnet. Die Menschen, die in der einladenden Organisation \
            diese Stelle besetzen, sehen sie an, sonst niemand. Sie werden aufbewahrt, bis die Organisation sie für \
            diese Stelle nicht mehr braucht oder bis Sie verlangen, dass sie gelöscht werden. Ohne Aufzeichnung ist \
            keine Videoantwort möglich. Wenn Sie nicht aufgezeichnet werden möchten, schreiben Sie der Person, die Sie \
            eingeladen hat, und fragen Sie nach einem anderen Weg.
            """
        case .transcription:
            """
            Eine KI-Spracherkennung macht aus dem, was Sie sagen, einen Text zum Mitlesen. Sie läuft auf den eigenen \
            Servern dieser Website. Sie macht Fehler, deshalb gilt der Text nie als Ihr genauer Wortlaut. Die Menschen, \
            die Ihre Antworten ansehen, sehen ihn; er wird so lange aufbewahrt wie die Aufzeichnung. Wenn Sie ablehnen, \
            sehen Menschen einfach Ihre Antworten an. Das hat keinen Nachteil für Sie.
            """
        case .analysis:
            """
            Eine KI geht die Worte Ihrer Antworten durch: Sie zeigt Stellen, die zur Frage passen, und zählt Wörter und \
            Pausen. Sie beurteilt weder Ihr Gesicht noch Ihre Stimme noch Ihre Gefühle, und sie entscheidet nichts: \
            Menschen bewerten Ihre Antworten. Die Menschen, die Ihre Antworten prüfen, sehen die Hinweise; sie werden \
            so lange aufbewahrt wie die Antworten. Wenn Sie ablehnen, prüfen Menschen Ihre Antworten ohne sie. Das hat \
            keinen Nachteil für Sie.
            """
        case .monitoring:
            """
            Während Sie antworten, vermerkt diese Seite, wenn Sie sie oder das Vollbild verlassen, Text einfügen, \
            Entwicklerwerkzeuge öffnen oder die Zeit überschreiten, und wenn die Kamera kein Gesicht oder mehrere \
            zeigt, falls Ihr Browser das erkennt. Die Menschen, die Ihre Antworten prüfen, sehen die Liste; sie wird so \
            lange aufbewahrt wie die Antworten. Nichts wird daraus automatisch entschieden. Wenn Sie ablehnen, wird \
            nichts vermerkt. Das hat keinen Nachteil für Sie.
            """
        }
    }

    private static func spanish(_ purpose: ConsentPurpose) -> String {
        switch purpose {
        case .recording:
            """
            Sus respuestas en vídeo se graban con imagen y sonido. Las ven las personas que cubren este puesto en la \
            organización que le ha invitado, y nadie más. Se guardan hasta que esa organización ya no las necesite \
            para este puesto o hasta que usted pida que se borren. Sin esto no es posible responder en vídeo. Si no \
            quiere que le graben, escriba a la persona que le ha invitado y pregunte por otra manera.
            """
        case .transcription:
            """
            Un reconocimiento de voz con IA convierte lo que usted dice en texto, para que se pueda leer. Funciona en \
            los servidores de este sitio. Comete errores, así que el texto nunca se toma por sus palabras exactas. Lo \
            ven las personas que ven sus respuestas y se guarda tanto tiempo como la grabación. Si se niega, las \
            personas simplemente ven sus respuestas. Eso no le perjudica en nada.
            """
        case .analysis:
            """
            Una IA recorre las palabras de sus respuestas: señala pasajes que encajan con la pregunta y cuenta palabras \
            y pausas. No juzga su cara, su voz ni sus sentimientos, y no decide nada: son personas quienes puntúan sus \
            respuestas. Quienes las evalúan ven sus notas, que se guardan tanto tiempo como las respuestas. Si se \
            niega, las personas evalúan sus respuestas sin ella. Eso no le perjudica en nada.
            """
        case .monitoring:
            """
            Mientras responde, esta página anota si sale de ella o de la pantalla completa, pega texto, abre las \
            herramientas de desarrollo o supera el tiempo, y si la cámara no muestra ninguna cara o muestra varias, \
            cuando su navegador puede saberlo. Quienes evalúan sus respuestas ven la lista, que se guarda tanto tiempo \
            como las respuestas. Nada se decide automáticamente a partir de ella. Si se niega, no se anota nada. Eso \
            no le perjudica en nada.
            """
        }
    }
}
