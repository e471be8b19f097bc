package dev.ashlar.auth.factor;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrCode.Ecc;

/// A QR code as an SVG picture, black on white with the quiet zone of four squares that readers
/// expect (ISO/IEC 18004).
///
/// Clients put the text into a `data:` URL as it is, so it holds no `#` and no `%`.
final class QrSvg {
    private static final int QUIET = 4;

    private QrSvg() {}

    static String of(String text) {
        QrCode code = QrCode.encodeText(text, Ecc.MEDIUM);
        int side = code.size + 2 * QUIET;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"200\""
                + " height=\"200\" viewBox=\"0 0 "
                + side
                + " "
                + side
                + "\" shape-rendering=\"crispEdges\"><rect width=\""
                + side
                + "\" height=\""
                + side
                + "\" fill=\"white\"/><path fill=\"black\" d=\""
                + path(code)
                + "\"/></svg>";
    }

    /// Each run of dark squares in a row is one rectangle.
    private static String path(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int end = x;
                while (end < code.size && code.getModule(end, y)) {
                    end++;
                }
                if (end > x) {
                    path.append('M').append(x + QUIET).append(' ').append(y + QUIET);
                    path.append('h').append(end - x).append("v1h-").append(end - x).append('z');
                }
                x = end + 1;
            }
        }
        return path.toString();
    }
}
