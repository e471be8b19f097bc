package dev.ashlar.auth.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class QrSvgTest {
    private static final String TEXT = Totp.uri("Ashlar", "ada@example.com", "JBSWY3DPEHPK3PXP");
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

    @Test
    void thePictureHasTheSquaresOfTheCode() throws Exception {
        Document svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(QrSvg.of(TEXT))));
        QrCode code = QrCode.encodeText(TEXT, QrCode.Ecc.MEDIUM);
        boolean[][] dark = new boolean[code.size][code.size];
        String path = ((Element) svg.getElementsByTagName("path").item(0)).getAttribute("d");
        Matcher runs = RUN.matcher(path);
        int end = 0;
        while (runs.find()) {
            assertThat(runs.start()).isEqualTo(end);
            end = runs.end();
            int y = Integer.parseInt(runs.group(2)) - 4;
            int x = Integer.parseInt(runs.group(1)) - 4;
            for (int i = 0; i < Integer.parseInt(runs.group(3)); i++) {
                dark[y][x + i] = true;
            }
        }
        assertThat(end).isEqualTo(path.length());
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                assertThat(dark[y][x]).as("%d,%d", x, y).isEqualTo(code.getModule(x, y));
            }
        }
        assertThat(svg.getDocumentElement().getAttribute("viewBox"))
                .isEqualTo("0 0 " + (code.size + 8) + " " + (code.size + 8));
    }

    @Test
    void itStandsInADataUrlAsItIs() {
        assertThat(QrSvg.of(TEXT)).doesNotContain("#", "%", "\n");
    }
}
