package dev.ashlar.policy.exposure.rule;

import static dev.ashlar.policy.exposure.FactsForTests.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.FactsForTests;
import dev.ashlar.policy.exposure.rule.PrivilegeNames.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrivilegeNamesTest {
    @Test
    void rights_are_rights_wherever_they_stand() {
        assertThat(of("posts", "isAdmin")).isEqualTo(Kind.RIGHTS);
        assertThat(of("posts", "role")).isEqualTo(Kind.RIGHTS);
        assertThat(of("posts", "title")).isEqualTo(Kind.NONE);
    }

    @Test
    void who_spoke_in_a_chat_is_no_right() {
        assertThat(of("chat_messages", "role")).isEqualTo(Kind.NONE);
        assertThat(of("chat_messages", "is_admin")).isEqualTo(Kind.RIGHTS);
    }

    @Test
    void standing_is_about_people_and_money_about_sales() {
        assertThat(of("profiles", "credits")).isEqualTo(Kind.STANDING);
        assertThat(of("companies", "credits")).isEqualTo(Kind.NONE);
        assertThat(of("companies", "credits", "id")).isEqualTo(Kind.STANDING);
        assertThat(of("orders", "total_price")).isEqualTo(Kind.MONEY);
        assertThat(of("profiles", "total_price")).isEqualTo(Kind.NONE);
        assertThat(of("photos", "approved")).isEqualTo(Kind.REVIEWED);
        assertThat(of("members", "approved")).isEqualTo(Kind.STANDING);
    }

    @Test
    void whose_a_row_is_is_told_elsewhere() {
        assertThat(of("profiles", "tenant_id")).isEqualTo(Kind.STANDING);
        assertThat(of("profiles", "tenant_id", "tenant_id")).isEqualTo(Kind.NONE);
    }

    private static Kind of(String table, String name, String... owners) {
        Relation relation =
                new FactsForTests()
                        .table(table, column("id"), column(name))
                        .build()
                        .relations()
                        .getFirst();
        return PrivilegeNames.of(relation, column(name), Set.of(owners));
    }
}
