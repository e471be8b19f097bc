package bench;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.data.rest.core.annotation.RepositoryRestResource;
import org.springframework.data.rest.core.annotation.RestResource;
import org.springframework.data.rest.core.config.Projection;

@RepositoryRestResource(path = "authors")
interface Authors extends JpaRepository<Author, Long> {}

@RepositoryRestResource(path = "posts")
interface Posts extends JpaRepository<Post, Long> {
    @RestResource(path = "newest")
    List<Post> findTop20ByCategoryAndStatusOrderByCreatedAtDesc(
            @Param("category") int category, @Param("status") String status);
}

/** Exported, so that a post has a link to its comments: those without a path of their own would be in every answer. */
@RepositoryRestResource(path = "comments")
interface Comments extends JpaRepository<Comment, Long> {}

@RepositoryRestResource(path = "messages")
interface Messages extends JpaRepository<Message, Long> {}

@RepositoryRestResource(path = "notes")
interface Notes extends JpaRepository<Note, Long> {
    @RestResource(path = "mine")
    @Query(
            value =
                    "select * from notes where owner_id = cast(?#{authentication.name} as uuid)"
                            + " order by id limit 20",
            nativeQuery = true)
    List<Note> mine();
}

@Projection(name = "nested", types = Author.class)
interface AuthorWithPosts {
    Long getId();

    String getName();

    List<PostWithComments> getPosts();
}

@Projection(name = "nested", types = Post.class)
interface PostWithComments {
    Long getId();

    String getTitle();

    List<CommentAlone> getComments();
}

@Projection(name = "nested", types = Comment.class)
interface CommentAlone {
    Long getId();

    String getAuthorName();

    String getBody();
}
