package bench;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

@Entity
@Table(name = "comments")
class Comment {
    @Id private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "post_id")
    private Post post;

    @Column(name = "author_name")
    private String authorName;

    private String body;

    public Long getId() {
        return id;
    }

    public Post getPost() {
        return post;
    }

    public String getAuthorName() {
        return authorName;
    }

    public String getBody() {
        return body;
    }
}
