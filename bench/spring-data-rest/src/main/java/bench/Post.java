package bench;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;

@Entity
@Table(name = "posts")
class Post {
    @Id private Long id;

    @Column(name = "author_id", insertable = false, updatable = false)
    private Long authorId;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "author_id")
    private Author author;

    private int category;
    private String status;
    private String title;
    private String body;
    private int views;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @OneToMany(mappedBy = "post")
    @OrderBy("id")
    private List<Comment> comments;

    public Long getId() {
        return id;
    }

    public Long getAuthorId() {
        return authorId;
    }

    public Author getAuthor() {
        return author;
    }

    public int getCategory() {
        return category;
    }

    public String getStatus() {
        return status;
    }

    public String getTitle() {
        return title;
    }

    public String getBody() {
        return body;
    }

    public int getViews() {
        return views;
    }

    public OffsetDateTime getCreatedAt() {
        return createdAt;
    }

    public List<Comment> getComments() {
        return comments;
    }
}
