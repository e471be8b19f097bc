package dev.ashlar.backend.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.catalog.NodeTree.Origin;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTreeTest {
    @Test
    void readsTheTargetsOfTheOuterQueryOnly() {
        String inner =
                "({QUERY :commandType 1 :targetList ({TARGETENTRY :expr {VAR :varno 1} :resno 1"
                        + " :resname z :ressortgroupref 0 :resorigtbl 99 :resorigcol 9 :resjunk false})"
                        + " :limitCount <>})";
        String tree =
                "({QUERY :commandType 1 :cteList ({COMMONTABLEEXPR :ctequery "
                        + inner.substring(1, inner.length() - 1)
                        + "}) :targetList ("
                        + "{TARGETENTRY :expr {VAR :varno 1 :varattno 2} :resno 1 :resname a\\ \\}b"
                        + " :ressortgroupref 0 :resorigtbl 16390 :resorigcol 2 :resjunk false}"
                        + " {TARGETENTRY :expr {SUBLINK :subselect "
                        + inner.substring(1, inner.length() - 1)
                        + "} :resno 2 :resname n :ressortgroupref 0 :resorigtbl 0 :resorigcol 0"
                        + " :resjunk false}"
                        + " {TARGETENTRY :expr {VAR :varno 2} :resno 3 :resname c :ressortgroupref 0"
                        + " :resorigtbl 16400 :resorigcol 1 :resjunk false}) :override 0"
                        + " :returningList ({TARGETENTRY :resno 7 :resorigtbl 5 :resorigcol 5})})";
        assertThat(NodeTree.origins(tree))
                .isEqualTo(Map.of(1, new Origin(16390, 2, 1), 3, new Origin(16400, 1, 2)));
    }

    @Test
    void survivesWhatIsNoTree() {
        for (String text : new String[] {"", "<>", "({QUERY :targetList", ":resno", "}}}{{{:\\"}) {
            assertThat(NodeTree.origins(text)).isEmpty();
        }
    }
}
